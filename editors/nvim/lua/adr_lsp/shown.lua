--- Verdicts and lenses, which Neovim shows only where it is told to, and the statusline: kept up to date.

local M = {}

local RECORDS = { markdown = true, mdx = true }

--- Draws the statusline again, which tells of runs and findings.
function M.redraw()
  -- Neovim 0.11 crashes where it draws one and has no screen.
  if #vim.api.nvim_list_uis() > 0 then
    vim.cmd.redrawstatus({ bang = true })
  end
end

---@param options adr_lsp.Options
local function attached(options, buffer)
  -- In code the hints of the language's own server would come with ours.
  if options.inlay_hints and (RECORDS[vim.bo[buffer].filetype] or options.display == 'rich') then
    vim.lsp.inlay_hint.enable(true, { bufnr = buffer })
  end
  if options.codelens then
    vim.lsp.codelens.refresh({ bufnr = buffer })
  end
end

--- Neovim 0.11 does not look at lenses again by itself.
local function lenses_changed(_, _, context)
  local client = vim.lsp.get_client_by_id(context.client_id)
  for buffer in pairs(client and client.attached_buffers or {}) do
    vim.lsp.codelens.refresh({ bufnr = buffer })
  end
  return vim.NIL
end

---@param options adr_lsp.Options
function M.show(options)
  local group = vim.api.nvim_create_augroup('adr_lsp', {})
  vim.api.nvim_create_autocmd('LspAttach', {
    group = group,
    callback = function(event)
      local client = vim.lsp.get_client_by_id(event.data.client_id)
      if client and client.name == 'adr_lsp' then
        attached(options, event.buf)
      end
    end,
  })
  vim.api.nvim_create_autocmd('DiagnosticChanged', { group = group, callback = vim.schedule_wrap(M.redraw) })
  if not options.codelens then
    return
  end
  vim.lsp.config('adr_lsp', {
    capabilities = { workspace = { codeLens = { refreshSupport = true } } },
    handlers = { ['workspace/codeLens/refresh'] = lenses_changed },
  })
  vim.api.nvim_create_autocmd({ 'BufEnter', 'InsertLeave', 'BufWritePost' }, {
    group = group,
    callback = function(event)
      if #vim.lsp.get_clients({ bufnr = event.buf, name = 'adr_lsp' }) > 0 then
        vim.lsp.codelens.refresh({ bufnr = event.buf })
      end
    end,
  })
end

return M
