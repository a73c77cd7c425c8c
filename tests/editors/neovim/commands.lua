-- Each command of the plugin, as a person calls it, who has set it up.

local person = dofile(vim.fs.joinpath(vim.fs.dirname(arg[0]), 'person.lua'))
local step, wait, show, cursor_at, lines = person.step, person.wait, person.show, person.cursor_at, person.lines
local RECORD, TEST = 'docs/adr/0002-charge-fees.md', 'tests/test_fees.py'

local messages, opened, answer = {}, {}, 1
vim.notify = function(message, level) table.insert(messages, { message = message, level = level }) end
vim.ui.open = function(path) table.insert(opened, path) end
vim.ui.select = function(choices, _, choose) choose(choices[1]) end
vim.fn.confirm = function(question)
  table.insert(messages, { message = question })
  return answer
end

vim.o.columns, vim.o.lines = 160, 40
vim.cmd.filetype('on')
require('adr_lsp').setup({ display = 'rich' })

--- What a command says at last.
local function said(command, about)
  messages = {}
  vim.cmd(command)
  return wait(function()
    return vim.iter(messages):find(function(each) return each.message:find(about or 'adr-lsp', 1, true) end)
  end)
end

local function labels(buffer)
  return vim.tbl_map(function(hint) return vim.trim(hint.inlay_hint.label) end, vim.lsp.inlay_hint.get({ bufnr = buffer }))
end

local function evidence()
  return #vim.fn.glob(person.wanted.workspace .. '/.adr-lsp/evidence/*.jsonl', true, true)
end

step('status elsewhere', function() return require('adr_lsp').status() end)

step('without a server', function() return said('AdrGoto ADR-0002/INV-1').message end)

step('shown', function()
  local _, buffer = show(RECORD)
  wait(function() return #labels(buffer) == 5 end)
  wait(function() return #vim.lsp.codelens.get(buffer) > 0 end)
  return { hints = labels(buffer), status = wait(function()
    local status = require('adr_lsp').status()
    return status ~= 'ADR' and status
  end) }
end)

step('untrusted', function()
  show(RECORD)
  cursor_at('INV-2')
  local before = evidence()
  local by_command = said('AdrRun')
  messages = {}
  vim.lsp.codelens.run()
  wait(function() return #messages > 0 end)
  return { run = by_command, lens = messages[1].message, recorded = evidence() - before }
end)

step('refused', function()
  answer = 3
  local client = show(RECORD)
  local told = said('AdrTrust', 'stays').message
  return { told = told, id = client.id == person.client().id }
end)

step('trusted', function()
  vim.cmd('AdrTrust!')
  local client = show(RECORD)
  answer = 4
  vim.cmd('AdrTrust')
  local next = wait(function()
    local found = vim.lsp.get_clients({ bufnr = 0, name = 'adr_lsp' })[1]
    return found and found.id ~= client.id and found.initialized and found
  end)
  return { question = messages[#messages].message, trusted = next.config.init_options.trusted }
end)

step('run', function()
  local _, buffer = show(RECORD)
  cursor_at('INV-3')
  vim.api.nvim_win_set_cursor(0, { vim.fn.line('.') + 1, 10 })
  local before = evidence()
  local told = said('AdrRun', '✓')
  wait(function() return vim.startswith(labels(buffer)[3] or '', '✓') end)
  return { told = told, recorded = evidence() - before }
end)

step('run a file', function()
  show(TEST)
  return said('AdrRun %', 'INV')
end)

step('run a selection', function()
  show(RECORD)
  cursor_at('INV-2')
  local line = vim.fn.line('.')
  return { said(('%d,%dAdrRun'):format(line, line + 3), 'INV').message, said('1,3AdrRun', 'these lines').message }
end)

step('run a record', function()
  vim.cmd.enew() -- a buffer that no server speaks for
  return said('AdrRun adr-0001', 'INV-2')
end)

step('run what is not there', function()
  show(RECORD)
  return { said('AdrRun ADR-0009/INV-1').message, said('AdrRun INV-', 'mean').message, said('AdrRun ADR-0002/INV-4').message }
end)

step('run where nothing is', function()
  show(RECORD)
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  return said('AdrRun').message
end)

step('stop', function()
  local slow = person.wanted.workspace .. '/slow'
  vim.fn.writefile({}, slow)
  show(RECORD)
  vim.cmd('AdrRun ADR-0002/INV-5')
  local process = wait(function() return tonumber(vim.fn.readfile(slow)[1]) end)
  local status = require('adr_lsp').status()
  local told = said('AdrStop').message
  wait(function() return vim.uv.kill(process, 0) ~= 0 end)
  vim.fn.delete(slow)
  return { status = status, told = told, running = #require('adr_lsp.run').running(), again = said('AdrStop').message }
end)

local function float()
  local window = wait(function()
    return vim.iter(vim.api.nvim_list_wins()):find(function(each) return vim.api.nvim_win_get_config(each).relative ~= '' end)
  end)
  local shown = lines(vim.api.nvim_win_get_buf(window))
  vim.api.nvim_win_close(window, true)
  return shown
end

step('evidence', function()
  show(RECORD)
  cursor_at('INV-1')
  vim.cmd('AdrEvidence')
  return float()
end)

step('evidence in a test', function()
  show(TEST)
  cursor_at('fee(max')
  vim.cmd('AdrEvidence')
  return float()[1]
end)

step('without lenses', function()
  require('adr_lsp').setup({ display = 'quiet' })
  local old = show(TEST).id
  vim.cmd('AdrRestart')
  wait(function() return person.client().id ~= old end)
  cursor_at('fee(max')
  vim.cmd('AdrEvidence')
  local shown = float()[1]
  require('adr_lsp').setup({ display = 'rich' })
  local quiet = person.client().id
  vim.cmd('AdrRestart')
  wait(function() return person.client().id ~= quiet end)
  return shown
end)

step('evidence file', function()
  show(RECORD)
  vim.cmd('AdrEvidence! ADR-0001/INV-1')
  return wait(function()
    local name = vim.api.nvim_buf_get_name(0)
    return name:match('%.jsonl$') and person.from_root(name)
  end)
end)

step('goto', function()
  show(TEST)
  vim.cmd('AdrGoto adr-0001/inv-2')
  return wait(function()
    local line = vim.api.nvim_get_current_line()
    return line:find('INV-2', 1, true) and line
  end)
end)

step('complete', function()
  show(RECORD)
  local found = {}
  for _, line in ipairs({ 'AdrGoto ADR-0001', 'AdrRun ', 'AdrScaffold st', 'AdrList f', 'AdrEvidence adr-0002/inv-4' }) do
    found[line] = vim.fn.getcompletion(line, 'cmdline')
  end
  return found
end)

local function listed(command)
  vim.fn.setqflist({}, 'r', { title = '', items = {} })
  vim.cmd(command)
  local list = wait(function()
    local list = vim.fn.getqflist({ title = true, items = true })
    return list.title ~= '' and list
  end)
  return { title = list.title, items = vim.tbl_map(function(item)
    local path = person.from_root(vim.api.nvim_buf_get_name(item.bufnr))
    return { path = path, line = item.lnum, text = item.text, type = item.type }
  end, list.items) }
end

step('list', function()
  show(RECORD)
  local seen = { some = listed('AdrList failed unverified'), all = #listed('AdrList').items }
  wait(function() return vim.bo.buftype == 'quickfix' end)
  vim.cmd.cclose()
  seen.none = said('AdrList flaky').message
  seen.unknown = said('AdrList faild').message
  return seen
end)

local function buffer_with(text)
  return vim.iter(vim.api.nvim_list_bufs()):find(function(buffer)
    local is_test = vim.api.nvim_buf_get_name(buffer):match('test_.*%.py$')
    return is_test and table.concat(lines(buffer), '\n'):find(text, 1, true)
  end)
end

step('scaffold', function()
  local _, record = show(RECORD)
  cursor_at('INV-4')
  local told = said('AdrScaffold example', 'scaffolded').message
  local example = buffer_with('ADR-0002/INV-4')
  local seen = { told = told, example = table.concat(lines(example), '\n'), unknown = said('AdrScaffold guess').message }
  vim.cmd('silent! wall')
  show('docs/adr/0001-transfers-balance.md')
  cursor_at('INV-2')
  vim.cmd('AdrScaffold')
  local property = wait(function() return buffer_with('ADR-0001/INV-2') end)
  seen.property = table.concat(lines(property), '\n')
  vim.cmd('silent wall')
  seen.linked = table.concat(lines(record), '\n')
  return seen
end)

step('new', function()
  show(RECORD)
  vim.cmd('AdrNew --keep | "one" clock')
  return wait(function()
    local name = vim.api.nvim_buf_get_name(0)
    return name:find('clock', 1, true) and { path = person.from_root(name), title = lines() }
  end)
end)

step('report', function()
  show(RECORD)
  local file = person.wanted.workspace .. '/a report.html'
  local told = said('AdrReport! ' .. vim.fn.fnameescape(file), 'wrote').message
  local kept = said('AdrReport', 'wrote').message
  wait(function() return #opened > 0 end)
  return {
    told = told,
    kept = kept,
    opened = opened,
    html = vim.fn.readblob(file, 0, 15),
    shown = vim.uv.fs_stat(opened[1]) ~= nil,
  }
end)

step('names with spaces', function()
  for _, log in ipairs({ 'old notes', 'new notes' }) do
    local path = person.wanted.workspace .. '/' .. log .. '/adr/0009-keep-time.md'
    vim.fn.mkdir(vim.fs.dirname(path), 'p')
    show(log .. '/adr/0009-keep-time.md')
    local record = { '# 9. Keep time', '', '## Status', '', 'Accepted', '', '## Invariants', '' }
    vim.list_extend(record, { '- **INV-1**: Time never goes back.', '- It has no id.' })
    vim.api.nvim_buf_set_lines(0, 0, -1, false, record)
    vim.cmd('silent write')
  end
  local completed = wait(function()
    local found = vim.fn.getcompletion('AdrRun old', 'cmdline')
    return #found > 1 and found
  end)
  local named, file = said('AdrRun old notes/adr/ADR-0009', 'INV').message, said('AdrRun %', 'INV').message
  return { completed = completed, named = named, file = file }
end)

step('restart', function()
  local client = show(RECORD)
  vim.cmd('AdrRestart')
  return wait(function()
    local found = vim.lsp.get_clients({ bufnr = 0, name = 'adr_lsp' })[1]
    return found and found.id ~= client.id and found.initialized
  end)
end)

step('options', function()
  local function refused(options)
    local went, why = pcall(require('adr_lsp').setup, options)
    return not went and why
  end
  return { refused({ trustd = true }), refused({ display = 'loud' }), refused({ trusted = 'yes' }), refused({ codelens = 1 }) }
end)

person.finish()
