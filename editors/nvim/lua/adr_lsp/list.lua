--- Invariants with their verdicts in the quickfix list.

local program = require('adr_lsp.program')

local M = {}

local WRONG = { failed = true, flaky = true, error = true }
local KEPT = { passed = true, argued = true, waived = true }

local function kind(verdict)
  return WRONG[verdict] and 'E' or KEPT[verdict] and 'I' or 'W'
end

local function entry(folder, each)
  local id = each.id ~= vim.NIL and each.id or '(no id)'
  local why = each.reason ~= '' and each.reason ~= vim.NIL and (' (%s)'):format(each.reason) or ''
  return {
    filename = program.file(each.path, folder),
    lnum = each.line,
    type = kind(each.verdict),
    text = ('%s/%s %s%s: %s'):format(each.record, id, each.verdict, why, each.statement),
  }
end

--- Only inside `server.go`. Returns how many were found.
---@param verdicts string[] all where there is none
---@param folder string
---@return integer
function M.list(verdicts, folder)
  local words = { 'list', '--output-format', 'json' }
  if #verdicts > 0 then
    vim.list_extend(words, { '--verdict', table.concat(verdicts, ',') })
  end
  local found = vim.json.decode(program.printed(words, folder))
  local items = vim.tbl_map(function(each) return entry(folder, each) end, found)
  local title = #verdicts > 0 and table.concat(verdicts, ', ') or 'all invariants'
  vim.fn.setqflist({}, ' ', { title = 'adr-lsp: ' .. title, items = items })
  return #items
end

return M
