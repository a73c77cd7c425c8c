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
  'racket', 'elm', 'odin', 'cue', 'robot', 'starlark', 'promela', 'asm', 'just',
}
local filetypes = vim.iter({ records, tested, commented }):flatten():totable()

-- Both are there where the whole plugin is; this file alone does without.
local _, trust = pcall(require, 'adr_lsp.trust')
local has_run, run = pcall(require, 'adr_lsp.run')

--- Where a program is. The workspace has no say: only absolute folders of PATH are looked into, never the current one.
local function found(program)
  local windows = vim.fn.has('win32') == 1
  for _, folder in ipairs(vim.split(vim.env.PATH or '', windows and ';' or ':')) do
    local file = vim.fs.joinpath(folder, program)
    if folder:find(windows and '^%a:[/\\]' or '^/') and vim.fn.executable(file) == 1 then
      return vim.fn.exepath(file)
    end
  end
end

local function before_init(parameters, config)
  if type(trust) == 'table' and trust.trusts(config.root_dir) then
    config.init_options.trusted = true
    parameters.initializationOptions = config.init_options
  end
end

--- A lens that runs tests does what `:AdrRun` does.
local function run_lens(command, context)
  local client = assert(vim.lsp.get_client_by_id(context.client_id))
  require('adr_lsp.server').go(function()
    run.run(client, command.arguments[1], vim.list_slice(command.arguments, 2))
  end)
end

---@type vim.lsp.Config
return {
  -- Without a name nothing is started; with a mere name it might be a program of the workspace.
  cmd = { found('adr-lsp') or '' },
  filetypes = filetypes,
  root_markers = { { 'adr-lsp.toml', '.adr-lsp' }, '.git' },
  init_options = {
    -- A server that is not told so runs nothing of the workspace.
    trusted = false,
    display = 'normal',
    run = 'onType',
    diagnostics = 'open',
  },
  before_init = before_init,
  commands = has_run and { ['adr-lsp.run'] = run_lens } or nil,
  capabilities = {
    workspace = { didChangeWatchedFiles = { dynamicRegistration = can_watch } },
  },
}
