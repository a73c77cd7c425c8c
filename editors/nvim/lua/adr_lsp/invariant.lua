--- Which invariants a user means: those under the cursor, of a file, or of a name. A key is `ADR-0001/INV-1`.

local server = require('adr_lsp.server')

local M = {}

local LAST = 2 ^ 31 - 1

--- The invariant that is named at a place, be it where it stands or where words or code mention it.
local function named_at(client, position)
  local params = { textDocument = { uri = vim.uri_from_bufnr(0) }, position = position }
  local thing = (server.ask(client, 'textDocument/prepareTypeHierarchy', params) or {})[1]
  local is_one = thing and thing.data.level == 'invariant' and thing.data.key ~= ''
  return is_one and { thing.name } or nil
end

--- The keys of the invariants that stand in lines, or that a test in them verifies. Lines count from 0.
---@return string[]
function M.of_lines(client, first, last)
  local asked = { uri = vim.uri_from_bufnr(0), first = first, last = last }
  return server.ask(client, 'adr-lsp/invariants', asked)
end

--- The keys of the invariants under the cursor: in a record one, in a test those that it verifies.
---@return string[]
function M.at_cursor(client)
  local position = vim.lsp.util.make_position_params(0, client.offset_encoding).position
  local keys = named_at(client, position) or M.of_lines(client, position.line, position.line)
  if #keys == 0 then
    server.fail('no invariant is under the cursor, and no test of one; name one, such as ADR-0001/INV-1')
  end
  return keys
end

--- The keys of all invariants of a record, or of all that a file's tests verify.
---@param uri string
---@return string[]
function M.of_file(client, uri)
  return server.ask(client, 'adr-lsp/invariants', { uri = uri, first = 0, last = LAST })
end

--- The records and invariants among what the server found that can be named.
---@param symbols? lsp.WorkspaceSymbol[]
---@return lsp.WorkspaceSymbol[]
function M.with_keys(symbols)
  return vim.tbl_filter(function(symbol) return type(symbol.data.key) == 'string' end, symbols or {})
end

---@param symbol lsp.WorkspaceSymbol
---@return string
function M.key_of(symbol)
  return symbol.data.key
end

--- The record or invariant that a name means: that very one, else the only one in which it stands.
---@return lsp.WorkspaceSymbol
function M.named(client, name)
  local found = M.with_keys(server.ask(client, 'workspace/symbol', { query = name }))
  local within = {}
  for _, symbol in ipairs(found) do
    local key = M.key_of(symbol)
    if key:lower() == name:lower() then
      return symbol
    elseif key:lower():find(name:lower(), 1, true) then
      table.insert(within, symbol)
    end
  end
  if #within > 1 then
    local keys = vim.tbl_map(M.key_of, vim.list_slice(within, 1, 5))
    server.fail(('%s may mean %s'):format(name, table.concat(keys, ', ')))
  end
  return within[1] or server.fail(('there is no invariant and no record %s'):format(name))
end

return M
