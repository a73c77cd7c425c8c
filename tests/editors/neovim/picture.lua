-- Starts Neovim in a terminal of this Neovim's, as a person would in theirs, and writes down every cell that it shows.
-- Called as: nvim --clean --headless -n -c 'luafile picture.lua', with WANTED in the environment.

local wanted = vim.json.decode(table.concat(vim.fn.readfile(vim.env.ADR_LSP_WANTED), '\n'))
vim.o.columns, vim.o.lines = wanted.columns, wanted.rows + 1
vim.o.termguicolors, vim.o.laststatus, vim.o.cmdheight = true, 0, 1
vim.o.showmode, vim.o.ruler, vim.o.showcmd = false, false, false
vim.cmd.enew()

local job = vim.fn.jobstart(wanted.command, { term = true, cwd = wanted.workspace, env = { COLORTERM = 'truecolor' } })

local function shown()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
end

local function all_shown()
  local text = shown()
  return vim.iter(wanted.awaited):all(function(each) return text:find(each, 1, true) end)
end

--- What stands in a cell, and how: the second half of a wide sign is empty.
local function cell(row, column)
  local text, look = unpack(vim.api.nvim__inspect_cell(1, row, column))
  return vim.tbl_extend('keep', { text = text }, look or {})
end

local function cells()
  cell(0, 0) -- the first call numbers all highlights anew
  vim.cmd.redraw({ bang = true })
  local rows = {}
  for row = 0, wanted.rows - 1 do
    local line = {}
    for column = 0, wanted.columns - 1 do
      table.insert(line, cell(row, column))
    end
    table.insert(rows, line)
  end
  return rows
end

local came = vim.wait(wanted.deadline, all_shown, 50)
vim.fn.writefile({ vim.json.encode(came and { saw = cells() } or { failed = shown() }) }, wanted.observed)
vim.fn.jobstop(job)
vim.cmd('qall!')
