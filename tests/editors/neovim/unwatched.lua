-- Changes from outside in a Neovim that cannot watch files.

local person = dofile(vim.fs.joinpath(vim.fs.dirname(arg[0]), 'person.lua'))
local wanted, step, wait, show = person.wanted, person.step, person.wait, person.show
local RECORD = 'docs/adr/0001-transfers-balance.md'

vim.cmd.filetype('on')
require('adr_lsp').setup({})

local function verdict(beginning)
  return wait(function()
    local hint = vim.lsp.inlay_hint.get({ bufnr = 0 })[1]
    local label = hint and vim.trim(hint.inlay_hint.label)
    return label and vim.startswith(label, beginning) and label
  end)
end

step('watches', function()
  return show(RECORD).capabilities.workspace.didChangeWatchedFiles.dynamicRegistration
end)

step('before', function() return verdict('✓') end)

step('a file', function()
  vim.uv.fs_rename(wanted.instead, wanted.workspace .. '/ledger.py')
  vim.cmd('silent write!')
  return verdict('◐')
end)

step('a run', function()
  local done = vim.system(wanted.pytest, { cwd = wanted.workspace, env = { PATH = wanted.path } }):wait()
  return { code = done.code, verdict = verdict('✗') }
end)

person.finish()
