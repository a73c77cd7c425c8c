;;; drive.el --- What a real Emacs sees of a workspace  -*- lexical-binding: t; -*-

(package-initialize)
(require 'json)
(require 'flymake)
(require 'project)

(defvar wanted (let ((json-object-type 'plist)) (json-read-file (getenv "ADR_LSP_WANTED"))))
(add-to-list 'load-path (plist-get wanted :configuration))
(require 'adr-lsp)

(defvar observed nil)

(defun told (name value)
  (push (cons name value) observed)
  (with-temp-file (plist-get wanted :observed)
    (insert (json-encode observed))))

(defun await (name see)
  "The first true value of SEE."
  (let ((end (+ (float-time) (plist-get wanted :deadline))) seen)
    (while (not (setq seen (funcall see)))
      (when (> (float-time) end)
        (told (intern (concat "late-" name)) t)
        (kill-emacs 1))
      (accept-process-output nil 0.02))
    seen))

(defvar workspace (plist-get wanted :workspace))
(setq project-find-functions (list (lambda (_) (cons 'transient workspace)))
      eglot-sync-connect (plist-get wanted :deadline)
      eglot-confirm-server-initiated-edits nil
      adr-lsp-trusted t)

(find-file (concat workspace "/docs/adr/0001-transfers-balance.md"))
(adr-lsp-mode)
(told 'record (if (adr-lsp-record-p) t json-false))
(apply #'eglot (eglot--guess-contact))
(told 'server (plist-get (eglot--server-info (eglot-current-server)) :name))

(defun at (words)
  (goto-char (point-min))
  (search-forward words)
  (goto-char (match-beginning 0)))

(flymake-mode 1)
(flymake-start)
(at (plist-get wanted :statement))
(insert "Usually ")
(eglot--signal-textDocument/didChange)  ; batch mode has no idle timers
(await "diagnostics"
       (lambda ()
         (flymake-start)
         (seq-some (lambda (each) (string-match "[Uu]sually" (flymake-diagnostic-text each)))
                   (flymake-diagnostics))))
(told 'diagnostics
      (vconcat (mapcar (lambda (each)
                         (list (cons 'on (buffer-substring-no-properties
                                          (flymake-diagnostic-beg each) (flymake-diagnostic-end each)))
                               (cons 'text (flymake-diagnostic-text each))))
                       (flymake-diagnostics))))
(at "Usually ")
(delete-char (length "Usually "))
(eglot--signal-textDocument/didChange)
(set-buffer-modified-p nil)

(at (plist-get wanted :id))
(told 'hover
      (let ((said (jsonrpc-request (eglot--current-server-or-lose) :textDocument/hover
                                   (eglot--TextDocumentPositionParams))))
        (plist-get (plist-get said :contents) :value)))
(told 'definition
      (let ((found (xref-backend-definitions 'eglot (xref-backend-identifier-at-point 'eglot))))
        (vconcat (mapcar (lambda (each)
                           (file-name-nondirectory
                            (xref-location-group (xref-item-location each))))
                         found))))
(told 'untrusted
      (let ((adr-lsp-trusted nil))
        (condition-case fault (progn (adr-lsp-run) "it ran") (user-error (cadr fault)))))
(defvar said nil)
(defun listen (form &rest words) (push (apply #'format form words) said))
(advice-add 'message :before #'listen)
(forward-line 1)  ; below its id
(adr-lsp-run)
(told 'meanwhile (car said))
(told 'ran (await "run" (lambda () (seq-find (lambda (each) (string-match "INV-1" each)) said))))
(advice-remove 'message #'listen)

(defvar browsed nil)
(cl-letf (((symbol-function 'browse-url-of-file) (lambda (file) (setq browsed file))))
  (adr-lsp-report)
  (told 'report (with-temp-buffer (insert-file-contents browsed nil 0 15) (buffer-string)))
  (told 'unwritten
        (let ((adr-lsp-command '("adr-lsp" "--nothing")))
          (condition-case fault (progn (adr-lsp-report) "written") (user-error (cadr fault))))))

(defun offered (beginning)
  "The titles of the actions at point; the first that has this BEGINNING is chosen."
  (let (titles)
    (cl-letf (((symbol-function 'y-or-n-p) (lambda (_) t))
              ((symbol-function 'completing-read)
               (lambda (_ choices &rest _)
                 (setq titles (mapcar (lambda (each) (if (consp each) (car each) each)) choices))
                 (seq-find (lambda (each) (string-prefix-p beginning each)) titles))))
      (let ((last-nonmenu-event ?a))  ; not by the mouse
        (eglot-code-actions (point) (point) nil t)))
    titles))

(defun written (path)
  (with-temp-buffer
    (insert-file-contents (concat workspace "/" path))
    (buffer-string)))

(at "INV-2")
(told 'offered (vconcat (offered "Scaffold ")))
(save-some-buffers t)
(told 'scaffolded (written "tests/test_transfers_balance.py"))

(at (plist-get wanted :id))
(cl-letf (((symbol-function 'y-or-n-p) (lambda (_) t)))
  (eglot-rename "INV-BALANCE"))
(save-some-buffers t)
(told 'renamed (vconcat (mapcar #'written '("docs/adr/0001-transfers-balance.md" "tests/test_ledger.py"))))
(eglot-shutdown (eglot-current-server))
(told 'ended t)
