--- What each command does. Everything that waits goes on in the background.

local invariant = require('adr_lsp.invariant')
local program = require('adr_lsp.program')
local server = require('adr_lsp.server')

local M = {}

--- The keys that a command's argument means; without one, those under the cursor.
local function keys_of(client, argument)
  if argument == '' then
    return invariant.at_cursor(client)
  elseif argument ~= '%' then
    return { invariant.key_of(invariant.named(client, argument)) }
  end
  local keys = invariant.of_file(client, server.document(client))
  return #keys > 0 and keys or server.fail('this file has no invariants, and no tests of one')
end

--- Of a record that is named all invariants are meant.
local function invariants_of(client, argument)
  if argument == '' or argument == '%' then
    return keys_of(client, argument)
  end
  local symbol = invariant.named(client, argument)
  if symbol.data.level == 'invariant' then
    return { invariant.key_of(symbol) }
  end
  local own = invariant.of_file(client, symbol.location.uri)
  return #own > 0 and own or server.fail(('%s has no invariants'):format(invariant.key_of(symbol)))
end

local function of_range(client, given)
  local keys = invariant.of_lines(client, given.line1 - 1, given.line2 - 1)
  return #keys > 0 and keys or server.fail('no invariant stands in these lines, and no test of one')
end

function M.AdrRun(given)
  server.go(function()
    local client = server.client()
    local uri = server.document(client)
    local keys = given.range > 0 and of_range(client, given) or invariants_of(client, given.args)
    require('adr_lsp.run').run(client, uri, keys)
  end)
end

function M.AdrStop()
  require('adr_lsp.run').stop()
end

local function unsaved()
  return vim.tbl_filter(function(buffer) return vim.bo[buffer].modified end, vim.api.nvim_list_bufs())
end

local function names_of(buffers)
  return vim.tbl_map(function(buffer) return vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ':~:.') end, buffers)
end

--- Without a method the server offers those that suit, and there is something to choose from.
function M.AdrScaffold(given)
  server.go(function()
    local client = server.client()
    local uri = server.document(client)
    if given.args == '' then
      local function scaffolds(action) return vim.startswith(action.title, 'Scaffold ') end
      return vim.lsp.buf.code_action({ apply = true, filter = scaffolds })
    end
    local arguments = { uri, invariant.at_cursor(client)[1], given.args }
    server.ask(client, 'workspace/executeCommand', { command = 'adr-lsp.scaffold', arguments = arguments })
    server.tell(('scaffolded %s; not saved yet: %s'):format(arguments[2], table.concat(names_of(unsaved()), ', ')))
  end)
end

--- What is known stands in a window at the cursor; with a bang the file opens that holds it.
function M.AdrEvidence(given)
  server.go(function()
    local client, folder = server.client(), server.folder()
    local uri = server.document(client)
    local keys = keys_of(client, given.args)
    if given.bang then
      local arguments = vim.list_extend({ uri }, keys)
      return server.ask(client, 'workspace/executeCommand', { command = 'adr-lsp.showEvidence', arguments = arguments })
    end
    local shown = program.printed(vim.list_extend({ 'show', '--' }, keys), folder)
    local lines = vim.split(vim.trim(shown), '\n')
    vim.lsp.util.open_floating_preview(lines, 'text', { focus_id = 'adr_lsp.evidence', border = 'rounded', wrap = true })
  end)
end

function M.AdrGoto(given)
  server.go(function()
    local client = server.client()
    local symbol = invariant.named(client, given.args)
    vim.lsp.util.show_document(symbol.location, client.offset_encoding, { focus = true })
  end)
end

function M.AdrList(given)
  server.go(function()
    local verdicts = given.fargs
    local count = require('adr_lsp.list').list(verdicts, server.folder())
    if count == 0 then
      return server.tell(('no invariant is %s'):format(#verdicts > 0 and table.concat(verdicts, ' or ') or 'there'))
    end
    vim.cmd('botright copen')
  end)
end

function M.AdrNew(given)
  server.go(function()
    local folder = server.folder()
    local said = program.printed({ 'new', '--', given.args }, folder)
    local path = said:match('wrote ([^\n]+)')
    vim.cmd.edit(vim.fn.fnameescape(program.file(path, folder)))
  end)
end

local function report_file(argument, folder)
  if argument ~= '' then
    return vim.fn.fnamemodify(argument, ':p')
  end
  local kept = vim.fs.joinpath(vim.fn.stdpath('cache'), 'adr-lsp')
  vim.fn.mkdir(kept, 'p')
  return vim.fs.joinpath(kept, vim.fs.basename(folder) .. '.html')
end

--- With a bang it is written and not shown.
function M.AdrReport(given)
  server.go(function()
    local folder = server.root()
    local file = report_file(vim.fn.expand(given.args), folder)
    program.printed({ 'report', '--output', file }, folder)
    server.tell('wrote ' .. file)
    if not given.bang then
      local _, fault = vim.ui.open(file)
      if fault then
        server.tell(fault, vim.log.levels.WARN)
      end
    end
  end)
end

--- With a bang the folder is not trusted any more.
function M.AdrTrust(given)
  local trust, root = require('adr_lsp.trust'), server.root()
  if given.bang then
    trust.forget(root)
  elseif not trust.ask(root) then
    return server.tell(('%s stays untrusted'):format(root), vim.log.levels.WARN)
  end
  server.restart()
end

function M.AdrRestart()
  server.restart()
end

return M
