--- Which invariants a user means: those under the cursor, of a file, or of a name. A key is `ADR-0001/INV-1`.

local server = require('adr_lsp.server')

local M = {}

--- The keys of invariants in the hierarchy; what has no id yet has none.
local function names(items)
  local known = vim.tbl_filter(function(item) return item.data.key ~= '' end, items or {})
  return vim.tbl_map(function(item) return item.name end, known)
end

--- What the server sees at a place, from the log down to the test.
local function thing_at(client, position, uri)
  local params = { textDocument = { uri = uri or vim.uri_from_bufnr(0) }, position = position }
  return (server.ask(client, 'textDocument/prepareTypeHierarchy', params) or {})[1]
end

local function lenses(client)
  return server.ask(client, 'textDocument/codeLens', { textDocument = { uri = vim.uri_from_bufnr(0) } }) or {}
end

--- The test that the cursor is in, behind its name.
local function test_around(client, position)
  local above
  for _, lens in ipairs(lenses(client)) do
    if lens.range.start.line <= position.line then
      above = lens
    end
  end
  local test = above and thing_at(client, above.range.start)
  return test and test.range['end'].line >= position.line and test or nil
end

local function of_thing(client, thing)
  local level = thing and thing.data.level
  if level == 'invariant' then
    return names({ thing })
  elseif level == 'test' then
    return names(server.ask(client, 'typeHierarchy/supertypes', { item = thing }))
  end
  return {}
end

--- The keys of the invariants under the cursor: in a record one, in a test those that it verifies.
---@return string[]
function M.at_cursor(client)
  local position = vim.lsp.util.make_position_params(0, client.offset_encoding).position
  local thing = thing_at(client, position) or test_around(client, position)
  local keys = of_thing(client, thing)
  if #keys == 0 then
    server.fail('no invariant is under the cursor, and no test of one; name one, such as ADR-0001/INV-1')
  end
  return keys
end

--- The keys of all invariants of a record; nothing if the document is none.
---@param uri? string else the current one
---@return string[]?
function M.of_record(client, uri)
  local thing = thing_at(client, { line = 0, character = 0 }, uri)
  if thing and thing.data.level == 'record' then
    return names(server.ask(client, 'typeHierarchy/subtypes', { item = thing }))
  end
end

--- The keys of all invariants of the current record, or of all that the current file's tests verify.
---@return string[]
function M.of_file(client)
  local own = M.of_record(client)
  if own then
    return own
  end
  local keys, known = {}, {}
  for _, lens in ipairs(lenses(client)) do
    for _, key in ipairs(vim.list_slice(lens.command.arguments or {}, 2)) do
      if not known[key] then
        known[key] = true
        table.insert(keys, key)
      end
    end
  end
  return keys
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
