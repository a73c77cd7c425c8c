--- What `setup` takes, and what holds where nothing is said.

local M = {}

---@class adr_lsp.Options
---@field trusted? boolean|string[] whether tests may be run: everywhere, nowhere, or below these folders
---@field display? 'quiet'|'normal'|'rich' verdicts only, with lenses, or with what covers code too
---@field run? 'onType'|'onSave' when findings are looked for
---@field diagnostics? 'open'|'workspace' of open files, or of all
---@field inlay_hints? boolean whether verdicts stand at the end of the lines
---@field codelens? boolean whether lenses are shown

---@type adr_lsp.Options
M.DEFAULTS = {
  trusted = false,
  display = 'normal',
  run = 'onType',
  diagnostics = 'open',
  inlay_hints = true,
  codelens = true,
}

local WORDS = {
  display = { 'quiet', 'normal', 'rich' },
  run = { 'onType', 'onSave' },
  diagnostics = { 'open', 'workspace' },
}

local function is_right(name, value)
  if WORDS[name] then
    return vim.list_contains(WORDS[name], value)
  end
  return type(value) == 'boolean' or (name == 'trusted' and vim.islist(value))
end

local function wanted(name)
  if WORDS[name] then
    return "'" .. table.concat(WORDS[name], "', '") .. "'"
  end
  return name == 'trusted' and 'true, false or a list of folders' or 'true or false'
end

---@param given adr_lsp.Options
---@return adr_lsp.Options
function M.read(given)
  for name, value in pairs(given) do
    if M.DEFAULTS[name] == nil then
      error(('adr_lsp.setup: there is no option `%s` (:help adr_lsp.setup())'):format(name), 0)
    elseif not is_right(name, value) then
      error(('adr_lsp.setup: `%s` is %s, not %s'):format(name, wanted(name), vim.inspect(value)), 0)
    end
  end
  return vim.tbl_extend('force', M.DEFAULTS, given)
end

return M
