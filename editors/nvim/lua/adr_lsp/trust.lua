--- In which folders tests may be run: those that `setup` names, and those that the user allowed by `:AdrTrust`,
--- which Neovim keeps with the files it trusts (`:help trust`).

local M = {}

local named = {} ---@type string[]

local function real(path)
  return vim.uv.fs_realpath(vim.fs.normalize(path))
end

--- Folders in which, and below which, tests may be run.
---@param folders string[]
function M.folders(folders)
  named = folders
end

--- Looks by itself, since `vim.secure.read` asks the user about what it does not know.
local function allowed(folder)
  local kept = io.open(vim.fn.stdpath('state') .. '/trust', 'r')
  if not kept then
    return false
  end
  local content = '\n' .. kept:read('*a')
  kept:close()
  return content:find('\ndirectory ' .. folder .. '\n', 1, true) ~= nil
end

---@param root? string
---@return boolean
function M.trusts(root)
  local folder = root and real(root)
  if not folder then
    return false
  end
  local function holds(other)
    local above = real(other)
    return above ~= nil and vim.fs.relpath(above, folder) ~= nil
  end
  return vim.iter(named):any(holds) or allowed(folder)
end

--- Asks the user, unless they have answered before.
---@param root string
---@return boolean
function M.ask(root)
  return vim.secure.read(root) == true
end

---@param root string
function M.forget(root)
  vim.secure.trust({ action = 'remove', path = root })
end

--- What a user does to have tests run.
---@param root string
function M.advice(root)
  return ('%s is not trusted, so nothing is run in it: `:AdrTrust` lets its tests be run (:help adr_lsp-trust)'):format(
    vim.fn.fnamemodify(root, ':~')
  )
end

return M
