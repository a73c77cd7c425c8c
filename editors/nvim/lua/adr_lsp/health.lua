--- What `:checkhealth adr_lsp` says: whether everything is there, and what to do where it is not.

local health = vim.health
local program = require('adr_lsp.program')
local server = require('adr_lsp.server')

local M = {}

local function neovim()
  if vim.fn.has('nvim-0.11') == 1 then
    local is = vim.version()
    health.ok(('Neovim %d.%d.%d'):format(is.major, is.minor, is.patch))
  else
    health.error('Neovim is older than 0.11', { 'Install Neovim 0.11 or newer' })
  end
end

--- Whether the program is there.
local function installed()
  local command = program.command()
  local start = program.start({ '--version' })
  if not start then
    health.error(('`%s` is not to be found in an absolute folder of PATH'):format(command[1]), {
      'Install it: `pip install adr-lsp`, in an environment that is active where Neovim starts',
      "Or say where it is: `vim.lsp.config('adr_lsp', { cmd = { '/path/to/adr-lsp' } })`",
    })
    return false
  end
  local done = vim.system(start, { text = true }):wait(10000)
  if done.code ~= 0 then
    health.error(('`%s --version` ends with %d'):format(table.concat(command, ' '), done.code), vim.trim(done.stderr))
    return false
  end
  health.ok(('%s, %s'):format(vim.trim(done.stdout), start[1]))
  return true
end

local function attached()
  if not vim.lsp.is_enabled('adr_lsp') then
    health.error('adr_lsp is not enabled', { "Enable it: `vim.lsp.enable('adr_lsp')`, or `require('adr_lsp').setup()`" })
    return
  end
  local clients = vim.lsp.get_clients({ name = 'adr_lsp' })
  if #clients == 0 then
    health.warn('no server runs', { 'Open a record, or a file with tests', 'See `:checkhealth vim.lsp`' })
  end
  for _, client in ipairs(clients) do
    local count = vim.tbl_count(client.attached_buffers)
    health.ok(('a server speaks for %d %s, root %s'):format(count, count == 1 and 'buffer' or 'buffers', client.root_dir or 'none'))
  end
end

local function watching()
  if vim.fn.has('linux') == 0 or vim.fn.executable('inotifywait') == 1 then
    health.ok('files that change outside of Neovim are noticed')
  else
    health.warn('files that change outside of Neovim are noticed when you save or edit', {
      'Install `inotifywait`, which the package `inotify-tools` has',
    })
  end
  local root = server.root()
  if vim.fn.has('linux') == 1 and root:find(' ', 1, true) then
    health.warn('Neovim watches no folder whose name has a space: ' .. root)
  end
end

local function trusted()
  local client, root = server.running(), server.root()
  if client and server.is_trusted(client) or not client and require('adr_lsp.trust').trusts(root) then
    health.ok('tests may be run in ' .. root)
  else
    health.warn('tests are not run in ' .. root .. ': it is not trusted', {
      'Look at its tests and configuration, then say `:AdrTrust`',
      'See `:help adr_lsp-trust`',
    })
  end
end

local TELL = { ok = health.ok, note = health.info, bad = health.error }
local ADVICE = {
  records = { 'Write one: `:AdrNew Title of the decision`', 'Or say where they are: `records = ["design/*.md"]` in `adr-lsp.toml`' },
  references = { 'Mend the ids that lead nowhere' },
  configuration = { 'Mend the configuration' },
}

--- What the program itself finds in the folder.
local function project()
  local start = assert(program.start({ 'doctor', '--output-format', 'json' }))
  local done = vim.system(start, { cwd = server.folder(), text = true }):wait(60000)
  local read, lines = pcall(vim.json.decode, done.stdout)
  if not read then
    return health.error('`adr-lsp doctor` says nothing', vim.trim(done.stderr))
  end
  for _, line in ipairs(lines) do
    local said = ('%s: %s'):format(line.about, line.said)
    if #line.details > 0 then
      said = said .. '\n' .. table.concat(line.details, '\n')
    end
    TELL[line.mark](said, line.mark == 'bad' and ADVICE[line.about] or nil)
  end
end

function M.check()
  health.start('adr-lsp: program and editor')
  neovim()
  local there = installed()
  attached()
  watching()
  trusted()
  if there then
    health.start('adr-lsp: this folder')
    project()
  end
end

return M
