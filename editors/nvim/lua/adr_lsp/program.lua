--- The program beside the server: what it prints of the files as they are saved.

local server = require('adr_lsp.server')

local M = {}

--- Where a program is. The workspace has no say: only absolute folders of PATH are looked into, never the current one.
--- `lsp/adr_lsp.lua` has the same, since it may be there alone.
---@param name string
---@return string?
local function found(name)
  local windows = vim.fn.has('win32') == 1
  local absolute = windows and '^%a:[/\\]' or '^/'
  if name:find('[/\\]') then
    return name:find(absolute) and vim.fn.executable(name) == 1 and name or nil
  end
  for _, folder in ipairs(vim.split(vim.env.PATH or '', windows and ';' or ':')) do
    local file = vim.fs.joinpath(folder, name)
    if folder:find(absolute) and vim.fn.executable(file) == 1 then
      return vim.fn.exepath(file)
    end
  end
end

--- What the server is started with; its commands are words behind that.
---@return string[]
function M.command()
  local command = vim.lsp.config.adr_lsp and vim.lsp.config.adr_lsp.cmd
  local is_there = type(command) == 'table' and (command[1] or '') ~= ''
  return is_there and vim.list_slice(command) or { 'adr-lsp' }
end

--- A command that can be started from any folder; nothing where its program is not to be found.
---@param words string[]
---@return string[]?
function M.start(words)
  local command = M.command()
  local file = found(command[1])
  return file and vim.list_extend({ file }, vim.list_extend(vim.list_slice(command, 2), words))
end

--- Calls a command and returns how that went; only inside `server.go`.
---@param words string[]
---@param folder string
---@return vim.SystemCompleted
function M.call(words, folder)
  local command = M.start(words)
  return server.await(function(resume)
    if not (command and pcall(vim.system, command, { cwd = folder, text = true }, resume)) then
      server.fail(('%s cannot be started: see :checkhealth adr_lsp'):format(M.command()[1]))
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
