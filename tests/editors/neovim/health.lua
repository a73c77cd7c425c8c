-- What `:checkhealth adr_lsp` says in one folder.
-- Called as: nvim --clean --headless -n -l health.lua WANTED.json

local person = dofile(vim.fs.joinpath(vim.fs.dirname(arg[0]), 'person.lua'))
local wanted = person.wanted

vim.cmd.filetype('on')
local messages = {}
vim.notify = function(message) table.insert(messages, message) end
require('adr_lsp').setup({ trusted = wanted.trusted })
vim.cmd.cd(vim.fn.fnameescape(wanted.workspace))

person.step('said', function()
  if wanted.record ~= '' then
    person.show(wanted.record)
  end
  vim.cmd('checkhealth adr_lsp')
  return person.lines()
end)

person.step('listed', function()
  vim.cmd('AdrList')
  return person.wait(function() return messages[1] or #vim.fn.getqflist() end)
end)

person.finish()
