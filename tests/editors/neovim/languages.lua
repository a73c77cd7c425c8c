-- Opens files of many languages; writes which of them the server speaks for, and where it leads from them.
-- Called as: nvim --clean --headless -n -l languages.lua WANTED.json

local wanted = vim.json.decode(table.concat(vim.fn.readfile(arg[1]), '\n'))

vim.opt.runtimepath:prepend(wanted.configuration)
vim.cmd.filetype('on')
vim.lsp.enable('adr_lsp')

local function led(path)
  vim.cmd.edit(vim.fn.fnameescape(vim.fs.joinpath(wanted.workspace, path)))
  local buffer = vim.api.nvim_get_current_buf()
  local client
  local attached = vim.wait(wanted.deadline, function()
    client = vim.lsp.get_clients({ bufnr = buffer, name = 'adr_lsp' })[1]
    return client and client.initialized
  end, 20)
  if not attached then
    return 'not attached to ' .. vim.bo[buffer].filetype
  end
  assert(vim.fn.search('\\cADR.0001.INV.1', 'W') > 0, path)
  local place = vim.lsp.util.make_position_params(0, client.offset_encoding)
  local answer = client:request_sync('textDocument/definition', place, wanted.deadline, buffer)
  local first = answer and answer.result and (answer.result[1] or answer.result)
  return first and vim.fs.relpath(wanted.workspace, vim.uri_to_fname(first.targetUri or first.uri)) or 'nowhere'
end

local seen = {}
for _, path in ipairs(wanted.files) do
  seen[path] = led(path)
end
vim.fn.writefile({ vim.json.encode(seen) }, wanted.observed)
vim.cmd('qall!')
