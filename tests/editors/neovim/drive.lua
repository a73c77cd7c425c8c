-- Record and test, their lenses and verdicts, from outside and by the lens, in a Neovim that has only the server's configuration.

local person = dofile(vim.fs.joinpath(vim.fs.dirname(arg[0]), 'person.lua'))
local wanted, wait, step, cursor_at, from_root = person.wanted, person.wait, person.step, person.cursor_at, person.from_root
local show = person.show
local RECORD, TEST = 'docs/adr/0001-transfers-balance.md', 'tests/test_ledger.py'

vim.lsp.config('adr_lsp', { init_options = { trusted = true } })
vim.lsp.enable('adr_lsp')

local function ask(method, client, buffer)
  local parameters = vim.lsp.util.make_position_params(0, client.offset_encoding)
  local answer = assert(client:request_sync(method, parameters, wanted.deadline, buffer))
  assert(not answer.err, vim.inspect(answer.err))
  return answer.result
end

local function definitions(path, text)
  local client, buffer = show(path)
  cursor_at(text)
  local found = wait(function()
    local places = ask('textDocument/definition', client, buffer)
    return type(places) == 'table' and next(places) and places
  end)
  found = vim.islist(found) and found or { found }
  return vim.tbl_map(function(place)
    return from_root(vim.uri_to_fname(place.targetUri or place.uri))
  end, found)
end

local function findings(buffer)
  return vim.tbl_map(function(finding)
    local line = vim.api.nvim_buf_get_lines(buffer, finding.lnum, finding.lnum + 1, false)[1]
    return {
      code = finding.code,
      source = finding.source,
      message = finding.message,
      line = finding.lnum,
      at = finding.lnum == finding.end_lnum and line:sub(finding.col + 1, finding.end_col) or nil,
    }
  end, vim.diagnostic.get(buffer))
end

local function lenses(buffer)
  vim.lsp.codelens.refresh({ bufnr = buffer })
  return wait(function()
    local found = vim.lsp.codelens.get(buffer)
    return #found > 0 and found
  end)
end

local function hints(buffer)
  vim.lsp.inlay_hint.enable(true, { bufnr = buffer })
  local found = wait(function()
    local found = vim.lsp.inlay_hint.get({ bufnr = buffer })
    return #found > 0 and found
  end)
  return vim.tbl_map(function(hint)
    local label = hint.inlay_hint.label
    return { line = hint.inlay_hint.position.line, label = type(label) == 'string' and label or label[1].value }
  end, found)
end

local function naming(text)
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    local content = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
    if vim.api.nvim_buf_get_name(buffer):match('%.py$') and content:find(text, 1, true) then
      return { path = from_root(vim.api.nvim_buf_get_name(buffer)), text = content }
    end
  end
end

step('attached', function()
  local client = show(RECORD)
  return {
    encoding = client.offset_encoding,
    root = client.root_dir,
    watches = client.capabilities.workspace.didChangeWatchedFiles.dynamicRegistration,
  }
end)

step('findings', function()
  local _, buffer = show(RECORD)
  return wait(function()
    local found = findings(buffer)
    return #found > 0 and found
  end)
end)

step('lenses', function()
  local _, buffer = show(RECORD)
  return vim.tbl_map(function(lens)
    return { line = lens.range.start.line, title = lens.command.title, command = lens.command.command }
  end, lenses(buffer))
end)

step('hints', function()
  local _, buffer = show(RECORD)
  return hints(buffer)
end)

step('hover', function()
  local client, buffer = show(RECORD)
  cursor_at('INV-1')
  return ask('textDocument/hover', client, buffer).contents.value
end)

step('to_test', function()
  return definitions(RECORD, 'INV-1')
end)

step('to_record', function()
  return definitions(TEST, 'ADR-0001/INV-1')
end)

local function run_lens()
  local client, buffer = show(RECORD)
  local lens = vim.iter(lenses(buffer)):find(function(one) return one.command.command == 'adr-lsp.run' end)
  client:exec_cmd(lens.command, { bufnr = buffer })
  return buffer
end

step('run', function()
  local progress = {}
  vim.api.nvim_create_autocmd('LspProgress', {
    callback = function(event) table.insert(progress, event.data.params.value.kind) end,
  })
  run_lens()
  wait(function() return progress[1] == 'begin' and progress[#progress] == 'end' end)
  return progress
end)

step('outside', function()
  local _, buffer = show(RECORD)
  local ledger = wanted.workspace .. '/ledger.py'
  local before = hints(buffer)
  vim.uv.fs_rename(wanted.instead, ledger)
  return wait(function()
    local now = hints(buffer)
    return not vim.deep_equal(before, now) and { before = before, now = now }
  end)
end)

step('counterexample', function()
  local buffer = run_lens()
  return wait(function()
    return vim.iter(hints(buffer)):find(function(hint) return hint.label:find('✗', 1, true) end)
  end)
end)

step('scaffold', function()
  local _, buffer = show(RECORD)
  cursor_at('INV-2')
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action) return action.title:lower():find('scaffold') ~= nil end,
  })
  local test = wait(function() return naming('ADR-0001/INV-2') end)
  vim.cmd('silent wall')
  show(RECORD)
  wait(function()
    return vim.iter(findings(buffer)):any(function(finding) return finding.code == 'ADL408' end)
  end)
  return { test = test, findings = findings(buffer) }
end)

step('stopped', function()
  local client = show(RECORD)
  vim.lsp.enable('adr_lsp', false)
  client:stop()
  return wait(function() return client:is_stopped() end)
end)

person.finish()
