---@brief
---
--- adr-lsp keeps Architecture Decision Records executable: it lints their invariants, scaffolds their
--- tests and shows at the invariant's line what the last run proved.

-- On Linux Neovim sees changes from outside only through inotifywait; without it, watching costs and finds nothing.
local can_watch = vim.fn.has('linux') == 0 or vim.fn.executable('inotifywait') == 1

local records = { 'markdown', 'mdx' }
-- Languages whose tests the server tells apart.
local tested = {
  'python', 'typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'rust', 'go', 'java', 'cucumber', 'tla',
}
-- Languages in which a comment speaks for its file.
local commented = {
  'c', 'cpp', 'objc', 'objcpp', 'cs', 'vb', 'fsharp', 'swift', 'kotlin', 'scala', 'groovy', 'dart', 'php', 'ruby',
  'perl', 'lua', 'r', 'julia', 'elixir', 'erlang', 'haskell', 'ocaml', 'clojure', 'lisp', 'scheme', 'sql', 'solidity',
  'zig', 'nim', 'd', 'sh', 'bash', 'zsh', 'fish', 'ps1', 'make', 'dockerfile', 'cmake', 'yaml', 'toml', 'terraform',
  'hcl', 'proto', 'graphql', 'nix', 'bzl', 'rego', 'lean', 'dafny', 'verilog', 'systemverilog', 'vhdl', 'ada',
}
local filetypes = vim.iter({ records, tested, commented }):flatten():totable()

---@type vim.lsp.Config
return {
  cmd = { 'adr-lsp' },
  filetypes = filetypes,
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
