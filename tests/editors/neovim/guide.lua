-- Waits for what an `init.lua` of the guide promises, and writes down what came of it.
-- Called as: nvim -u init.lua --headless -n RECORD -c 'luafile guide.lua', with WANTED in the environment.

local wanted = vim.json.decode(table.concat(vim.fn.readfile(vim.env.ADR_LSP_WANTED), '\n'))

local function hints()
  return vim.tbl_map(function(hint) return vim.trim(hint.inlay_hint.label) end, vim.lsp.inlay_hint.get({ bufnr = 0 }))
end

local function client()
  local found = vim.lsp.get_clients({ bufnr = 0, name = 'adr_lsp' })[1]
  return found and found.initialized and found
end

vim.wait(wanted.deadline, function() return client() and (not wanted.hints or #hints() > 0) end, 20)
local found = client()
local is_there, plugin = pcall(require, 'adr_lsp')
vim.fn.writefile({ vim.json.encode({ saw = {
  attached = found and found.name,
  display = found and found.config.init_options.display,
  hints = hints(),
  run = vim.fn.exists(':AdrRun') == 2,
  status = is_there and plugin.status():match('^ADR') or nil,
  mapped = vim.fn.mapcheck('<leader>ar', 'n') ~= '',
} }) }, wanted.observed)
vim.cmd('qall!')
