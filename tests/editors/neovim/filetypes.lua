-- Which filetype files have, and for which the server is asked.

local person = dofile(vim.fs.joinpath(vim.fs.dirname(arg[0]), 'person.lua'))

person.step('filetypes', function()
  local seen = {}
  for name, text in pairs(person.wanted.files) do
    local buffer = vim.api.nvim_create_buf(false, true)
    vim.api.nvim_buf_set_lines(buffer, 0, -1, false, vim.split(text, '\n'))
    seen[name] = vim.filetype.match({ filename = name, buf = buffer }) or ''
  end
  return seen
end)

person.step('asked', function() return vim.lsp.config.adr_lsp.filetypes end)

person.finish()
