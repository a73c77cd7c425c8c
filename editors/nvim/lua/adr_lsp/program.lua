--- The program beside the server: what it prints of the files as they are saved.

local server = require('adr_lsp.server')

local M = {}

--- What the server is started with; its commands are words behind that.
---@return string[]
function M.command()
  local command = vim.lsp.config.adr_lsp and vim.lsp.config.adr_lsp.cmd
  return type(command) == 'table' and command or { 'adr-lsp' }
end

--- Calls a command and returns how that went; only inside `server.go`.
---@param words string[]
---@param folder string
---@return vim.SystemCompleted
function M.call(words, folder)
  local command = vim.list_extend(vim.list_slice(M.command()), words)
  return server.await(function(resume)
    local started = pcall(vim.system, command, { cwd = folder, text = true }, resume)
    if not started then
      server.fail(('%s cannot be started: see :checkhealth adr_lsp'):format(command[1]))
    end
  end)
end

--- What a command printed; what went wrong is said to the user.
---@param words string[]
---@param folder string
---@return string
function M.printed(words, folder)
  local done = M.call(words, folder)
  if done.code ~= 0 then
    server.fail((vim.trim(done.stderr):gsub('^adr%-lsp: ', '')))
  end
  return done.stdout
end

--- A file that a command named: its paths begin at the root that it found above the folder.
---@param path string
---@param folder string
---@return string
function M.file(path, folder)
  return vim.fs.find(path, { upward = true, path = folder })[1] or vim.fs.joinpath(folder, path)
end

return M
