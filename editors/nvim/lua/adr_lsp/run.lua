--- Runs the tests of invariants by the server: its progress is shown, it can be stopped, and it ends with the verdicts.

local server = require('adr_lsp.server')
local shown = require('adr_lsp.shown')
local trust = require('adr_lsp.trust')

local M = {}

---@class adr_lsp.Work
---@field client vim.lsp.Client
---@field keys string[]
---@field progress integer

local works = {} ---@type table<integer, adr_lsp.Work> by request

local function ended(request)
  local work = works[request]
  if work then
    vim.api.nvim_del_autocmd(work.progress)
    works[request] = nil
    shown.redraw()
  end
end

--- The keys of the invariants whose tests run now.
---@return string[]
function M.running()
  local keys = {}
  for _, work in pairs(works) do
    -- A server that died answers nothing any more.
    vim.list_extend(keys, work.client:is_stopped() and {} or work.keys)
  end
  table.sort(keys)
  return keys
end

--- Shows in the message line what the server says of its work, while that lasts.
local function show_progress(client)
  return vim.api.nvim_create_autocmd('LspProgress', {
    callback = function(event)
      local said = event.data.params.value
      if event.data.client_id == client.id and said.kind ~= 'end' then
        local words = 'adr-lsp: ' .. (said.message or said.title)
        vim.api.nvim_echo({ { vim.fn.strcharpart(words, 0, vim.o.columns - 16) } }, false, {})
      end
    end,
  })
end

local function carry_out(client, uri, keys)
  local request
  local params = { command = 'adr-lsp.run', arguments = vim.list_extend({ uri }, keys) }
  local stands, fault = server.answer(client, 'workspace/executeCommand', params, function(id)
    request = id
    works[id] = { client = client, keys = keys, progress = show_progress(client) }
    shown.redraw()
  end)
  ended(request)
  return fault and server.fail(fault.message) or stands
end

---@class adr_lsp.Stands where an invariant stands after a run
---@field key string
---@field verdict string
---@field reason? string
---@field ok boolean whether nothing is to be done
---@field label string the verdict as hints say it

---@param stands? adr_lsp.Stands[] none after a run that was stopped
local function tell_verdicts(stands)
  local told, level = {}, vim.log.levels.INFO
  for _, each in ipairs(stands or {}) do
    table.insert(told, each.key .. ' ' .. each.label)
    level = each.ok and level or vim.log.levels.WARN
  end
  if #told > 0 then
    server.tell(table.concat(told, '\n'), level)
  end
end

--- Runs the tests of invariants, seen from a file; only inside `server.go`.
---@param client vim.lsp.Client
---@param uri string
---@param keys string[]
function M.run(client, uri, keys)
  if not server.is_trusted(client) then
    server.fail(trust.advice(client.root_dir or server.root()))
  end
  tell_verdicts(carry_out(client, uri, keys))
end

--- Asks the server to stop what it runs. Neovim awaits no answer to what it cancelled.
function M.stop()
  local keys = M.running()
  for request, work in pairs(works) do
    work.client:cancel_request(request)
    ended(request)
  end
  server.tell(#keys > 0 and 'stopped ' .. table.concat(keys, ', ') or 'nothing runs')
end

return M
