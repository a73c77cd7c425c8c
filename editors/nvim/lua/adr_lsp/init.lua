--- What a configuration calls: `setup` and `status`. Without `setup` there is `vim.lsp.enable('adr_lsp')`.

local M = {}

---@param given? adr_lsp.Options
function M.setup(given)
  local options = require('adr_lsp.options').read(given or {})
  vim.cmd.runtime('plugin/adr_lsp.lua')
  require('adr_lsp.trust').folders(type(options.trusted) == 'table' and options.trusted or {})
  vim.lsp.config('adr_lsp', {
    init_options = {
      trusted = options.trusted == true,
      display = options.display,
      run = options.run,
      diagnostics = options.diagnostics,
    },
  })
  require('adr_lsp.shown').show(options)
  vim.lsp.enable('adr_lsp')
end

--- For a statusline: which tests run, else how many findings the record has; empty in other buffers.
---@return string
function M.status()
  if #vim.lsp.get_clients({ bufnr = 0, name = 'adr_lsp' }) == 0 then
    return ''
  end
  local running = require('adr_lsp.run').running()
  if #running > 0 then
    return 'ADR … ' .. table.concat(running, ', ')
  end
  local found = { 0, 0, 0, 0 }
  for _, each in ipairs(vim.diagnostic.get(0)) do
    if each.source == 'adr-lsp' then
      found[each.severity] = found[each.severity] + 1
    end
  end
  local told = { 'ADR' }
  for severity, letter in ipairs({ 'E', 'W' }) do
    if found[severity] > 0 then
      table.insert(told, letter .. found[severity])
    end
  end
  return table.concat(told, ' ')
end

return M
