--- The server that speaks for a buffer, and questions to it that read like calls.

local M = {}

local NAME = 'adr_lsp'
local SETTINGS = { 'adr-lsp.toml', '.adr-lsp' }

--- Ends the work with a sentence for the user.
---@param said string
function M.fail(said)
  error({ said = said }, 0)
end

---@param said string
---@param level? integer
function M.tell(said, level)
  vim.notify('adr-lsp: ' .. said, level or vim.log.levels.INFO)
end

--- Goes on with some work; `ask` pauses it.
local function go_on(work, ...)
  local went, fault = coroutine.resume(work, ...)
  if went then
    return
  elseif type(fault) == 'table' and fault.said then
    M.tell(fault.said, vim.log.levels.ERROR)
  else
    error(debug.traceback(work, tostring(fault)), 0)
  end
end

--- Does work that may `ask` and `await`; the user can go on meanwhile.
---@param work fun()
function M.go(work)
  go_on(coroutine.create(work))
end

--- Pauses the work until what `start` was given is called, and returns what it was called with.
---@param start fun(resume: fun(...))
function M.await(start)
  local work = coroutine.running()
  start(vim.schedule_wrap(function(...) go_on(work, ...) end))
  return coroutine.yield()
end

--- The server of the current buffer, else any that runs.
---@return vim.lsp.Client?
function M.running()
  return vim.lsp.get_clients({ bufnr = 0, name = NAME })[1] or vim.lsp.get_clients({ name = NAME })[1]
end

---@return vim.lsp.Client
function M.client()
  return M.running() or M.fail('no server runs: open a record, start it anew by `:AdrRestart`, or see :checkhealth adr_lsp')
end

--- Sends a request and returns the answer, or the error that the server gave.
---@param client vim.lsp.Client
---@param sent? fun(id: integer)
---@return any result
---@return lsp.ResponseError? fault
function M.answer(client, method, params, sent)
  local fault, result = M.await(function(resume)
    local went, id = client:request(method, params, function(...) resume(...) end, 0)
    if not went then
      M.fail('the server has stopped: `:AdrRestart` starts it anew')
    elseif sent then
      sent(id)
    end
  end)
  return result, fault
end

--- The answer to a request; the server's refusal ends the work.
---@param client vim.lsp.Client
function M.ask(client, method, params)
  local result, fault = M.answer(client, method, params)
  return fault and M.fail(fault.message) or result
end

--- The document from which the server looks: the current one, else any of its root.
---@param client vim.lsp.Client
---@return string
function M.document(client)
  if client.attached_buffers[vim.api.nvim_get_current_buf()] then
    return vim.uri_from_bufnr(0)
  end
  return vim.uri_from_fname(vim.fs.joinpath(client.root_dir or vim.fn.getcwd(), 'adr-lsp.toml'))
end

---@return boolean
function M.is_trusted(client)
  return vim.tbl_get(client.config, 'init_options', 'trusted') == true
end

--- The folder that the server works in, or would.
---@return string
function M.root()
  local client = M.running()
  return client and client.root_dir or vim.fs.root(0, SETTINGS) or vim.fs.root(0, '.git') or vim.fn.getcwd()
end

--- The folder of the current file if it is one, since the nearest configuration above it counts; else the root.
---@return string
function M.folder()
  local file = vim.bo.buftype == '' and vim.api.nvim_buf_get_name(0) or ''
  local folder = vim.fs.dirname(file)
  return file ~= '' and vim.fn.isdirectory(folder) == 1 and folder or M.root()
end

--- Every server of ours stops, and starts for the buffers that are open.
function M.restart()
  for _, client in ipairs(vim.lsp.get_clients({ name = NAME })) do
    -- Else it is asked things while it shuts down, and its refusals are shown.
    for buffer in pairs(client.attached_buffers) do
      vim.lsp.buf_detach_client(buffer, client.id)
    end
  end
  vim.lsp.enable(NAME, false)
  vim.lsp.enable(NAME, true)
end

return M
