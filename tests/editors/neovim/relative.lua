-- PATH leads into the workspace: neither the server nor a command is what stands there.

local person = dofile(vim.fs.joinpath(vim.fs.dirname(arg[0]), 'person.lua'))
local wanted, step, wait = person.wanted, person.step, person.wait

local messages = {}
vim.notify = function(message) table.insert(messages, message) end
vim.cmd.filetype('on')
vim.cmd.runtime('plugin/adr_lsp.lua')
vim.cmd.cd(vim.fn.fnameescape(wanted.workspace))
vim.lsp.enable('adr_lsp')

step('from the workspace', function()
  vim.cmd.edit(vim.fn.fnameescape(vim.fs.joinpath(wanted.workspace, wanted.record)))
  if vim.fn.exists(':AdrList') == 2 then
    vim.cmd('AdrList')
    wait(function() return #messages > 0 end)
    vim.cmd('checkhealth adr_lsp')
  end
  return { clients = #vim.lsp.get_clients(), told = messages, health = table.concat(person.lines(), '\n') }
end)

step('from an absolute folder', function()
  vim.env.PATH = vim.env.PATH .. ':' .. wanted.absolute
  vim.lsp.enable('adr_lsp', false)
  vim.lsp.enable('adr_lsp', true)
  local client = person.show(wanted.record)
  if vim.fn.exists(':AdrList') == 2 then
    vim.cmd('AdrList')
    wait(function() return #vim.fn.getqflist() > 0 end)
  end
  return client.config.cmd
end)

step('as a user says', function()
  vim.lsp.config('adr_lsp', { cmd = { 'env', 'adr-lsp' } })
  local loaded, program = pcall(require, 'adr_lsp.program')
  return loaded and program.start({ 'list' }) or {}
end)

person.finish()
