---@brief
---
--- adr-lsp keeps Architecture Decision Records executable: it lints their invariants, scaffolds their
--- tests and shows at the invariant's line what the last run proved.

-- On Linux Neovim sees changes from outside only through inotifywait; without it, watching costs and finds nothing.
local can_watch = vim.fn.has('linux') == 0 or vim.fn.executable('inotifywait') == 1

---@type vim.lsp.Config
return {
  cmd = { 'adr-lsp' },
  filetypes = { 'markdown', 'mdx', 'python' },
  root_markers = { { 'adr-lsp.toml', '.adr-lsp' }, '.git' },
  init_options = {
    -- A server that is not told so runs nothing of the workspace.
    trusted = false,
    display = 'normal',
    run = 'onType',
    diagnostics = 'open',
  },
  capabilities = {
    workspace = { didChangeWatchedFiles = { dynamicRegistration = can_watch } },
  },
}
