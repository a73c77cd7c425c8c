--- What a command line can be completed with.

local M = {}

M.METHODS = { 'example', 'property', 'state-machine', 'static' }
M.VERDICTS = {
  'passed', 'failed', 'error', 'flaky', 'stale', 'vacuous', 'skipped', 'known-violation', 'not-run', 'scaffolded',
  'argued', 'waived', 'unsigned', 'unverified',
}

local PATIENCE = 1000

local function beginning(lead, words)
  return vim.tbl_filter(function(word) return vim.startswith(word:lower(), lead:lower()) end, words)
end

---@param lead string
function M.methods(lead)
  return beginning(lead, M.METHODS)
end

---@param lead string
function M.verdicts(lead)
  return beginning(lead, M.VERDICTS)
end

--- Ids of records and invariants, as far as the server answers soon.
---@param lead string
function M.ids(lead)
  local client = require('adr_lsp.server').running()
  local answer = client and client:request_sync('workspace/symbol', { query = lead }, PATIENCE, 0)
  local invariant = require('adr_lsp.invariant')
  return beginning(lead, vim.tbl_map(invariant.key_of, invariant.with_keys(answer and answer.result)))
end

---@param lead string
function M.ids_or_file(lead)
  return lead == '' and vim.list_extend({ '%' }, M.ids(lead)) or M.ids(lead)
end

return M
