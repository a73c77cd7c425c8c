-- The commands of adr-lsp. What they do is loaded when one is called.

if vim.g.loaded_adr_lsp then
  return
end
vim.g.loaded_adr_lsp = true

local function from(module, name)
  return function(...) return require('adr_lsp.' .. module)[name](...) end
end

local function command(name, description, more)
  local options = vim.tbl_extend('error', { desc = 'adr-lsp: ' .. description }, more or {})
  vim.api.nvim_create_user_command(name, from('commands', name), options)
end

local ids = from('complete', 'ids')
local files = from('complete', 'ids_or_file')

command('AdrRun', 'run the tests of an invariant and record what they show', {
  nargs = '?',
  range = true,
  complete = files,
})
command('AdrStop', 'stop the tests that run')
command('AdrScaffold', 'write a test for the invariant under the cursor', {
  nargs = '?',
  complete = from('complete', 'methods'),
})
command('AdrEvidence', 'show what is known of an invariant', { nargs = '?', bang = true, complete = ids })
command('AdrGoto', 'go to an invariant or a record', { nargs = 1, complete = ids })
command('AdrList', 'list invariants, or those of some verdicts', {
  nargs = '*',
  complete = from('complete', 'verdicts'),
})
command('AdrNew', 'write the next record of a log', { nargs = '+' })
command('AdrReport', 'write the report and show it', { nargs = '?', bang = true, complete = 'file' })
command('AdrTrust', 'let the tests of this folder be run', { bang = true })
command('AdrRestart', 'start the server anew')
