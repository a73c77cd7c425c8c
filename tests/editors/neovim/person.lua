-- What a person at Neovim does and sees, for the scripts beside it. Each step's outcome goes to a file that a test reads.
-- Called as: nvim --clean --headless -n -l SCRIPT.lua WANTED.json

local M = {}

M.wanted = vim.json.decode(table.concat(vim.fn.readfile(arg[1]), '\n'))
vim.opt.runtimepath:prepend(M.wanted.configuration)

---@generic T
---@param see fun(): T?
---@return T
function M.wait(see)
  local seen
  vim.wait(M.wanted.deadline, function()
    seen = see()
    return seen
  end, 20)
  return seen or error('did not come', 2)
end

function M.from_root(path)
  return vim.fs.relpath(M.wanted.workspace, path)
end

function M.client(buffer)
  return M.wait(function()
    local client = vim.lsp.get_clients({ bufnr = buffer or 0, name = 'adr_lsp' })[1]
    return client and client.initialized and client
  end)
end

--- Opens a file of the workspace.
function M.show(path)
  vim.cmd.edit(vim.fn.fnameescape(vim.fs.joinpath(M.wanted.workspace, path)))
  local buffer = vim.api.nvim_get_current_buf()
  return M.client(buffer), buffer
end

function M.cursor_at(text)
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  assert(vim.fn.search('\\V' .. text, 'W') > 0, 'no ' .. text)
end

function M.lines(buffer)
  return vim.api.nvim_buf_get_lines(buffer or 0, 0, -1, false)
end

local steps = {}

function M.step(name, go)
  table.insert(steps, { name = name, go = go })
end

--- Takes the steps in turn, until two failed.
function M.finish()
  local observed, failures = {}, 0
  for _, one in ipairs(steps) do
    local done, saw = xpcall(one.go, debug.traceback)
    observed[one.name] = done and { saw = saw } or { failed = saw }
    failures = failures + (done and 0 or 1)
    if failures == 2 then
      break
    end
  end
  vim.fn.writefile({ vim.json.encode(observed) }, M.wanted.observed)
  os.exit(0)
end

return M
