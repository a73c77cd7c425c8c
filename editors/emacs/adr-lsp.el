;;; adr-lsp.el --- Keep Architecture Decision Records executable  -*- lexical-binding: t; -*-

;; Package-Requires: ((emacs "28.1") (eglot "1.9"))
;; SPDX-License-Identifier: Apache-2.0

;;; Commentary:

;; Starts adr-lsp by Eglot in the records of a project: their faults, actions, definitions and what
;; is known of each invariant.  Elsewhere than in records it stays out of the way of the servers of
;; your languages, since Eglot has one server for a buffer.
;;
;;     (require 'adr-lsp)
;;     (add-hook 'markdown-mode-hook #'adr-lsp-ensure)
;;
;; Without markdown-mode, `adr-lsp-mode' is a plain mode for records:
;;
;;     (add-to-list 'auto-mode-alist '("/\\(adr\\|adrs\\|decisions\\)/.*\\.mdx?\\'" . adr-lsp-mode))

;;; Code:

(require 'eglot)

(defgroup adr-lsp nil
  "Architecture Decision Records that are kept executable."
  :group 'tools)

(defcustom adr-lsp-command '("adr-lsp")
  "The command that starts the server, as a list of words."
  :type '(repeat string))

(defcustom adr-lsp-trusted nil
  "Whether the server may run the tests of a project when you ask for it."
  :type 'boolean
  :safe #'null)

(defcustom adr-lsp-folders '("adr" "adrs" "decisions" "architecture-decisions" "decision-records")
  "Names of folders that hold records."
  :type '(repeat string))

(define-derived-mode adr-lsp-mode text-mode "ADR"
  "A mode for records where there is no other mode for Markdown."
  (adr-lsp-ensure))

(defun adr-lsp-contact (&rest _)
  "What Eglot starts, and what it tells the server."
  (append adr-lsp-command
          (list :initializationOptions
                ;; Eglot does not say that it makes a file that an edit is for.
                (list :trusted (if adr-lsp-trusted t :json-false) :makesFiles t))))

(add-to-list 'eglot-server-programs
             '(((adr-lsp-mode :language-id "markdown")
                (markdown-mode :language-id "markdown")
                (gfm-mode :language-id "markdown"))
               . adr-lsp-contact))

(defun adr-lsp-record-p ()
  "Whether the buffer's file stands in a folder of records."
  (let ((parts (and buffer-file-name (split-string buffer-file-name "/" t))))
    (seq-some (lambda (name) (member name parts)) adr-lsp-folders)))

;;;###autoload
(defun adr-lsp-ensure ()
  "Start the server if the buffer's file is a record."
  (when (adr-lsp-record-p)
    (eglot-ensure)))

(defun adr-lsp--invariant ()
  "The record's address and the key of the invariant that this line is about."
  (let* ((uri (plist-get (eglot--TextDocumentIdentifier) :uri))
         (line (1- (line-number-at-pos nil t)))
         (keys (jsonrpc-request (eglot--current-server-or-lose) :adr-lsp/invariants
                                (list :uri uri :first line :last line))))
    (when (seq-empty-p keys)
      (user-error "No invariant stands on this line"))
    (list uri (seq-elt keys 0))))

(defun adr-lsp--command (name)
  "What asks for the command NAME on the invariant of this line."
  (list :command name :arguments (vconcat (adr-lsp--invariant))))

(defun adr-lsp--tell (stands)
  "Say where invariants stand after a run, which is what STANDS holds."
  (message "adr-lsp: %s"
           (mapconcat (lambda (each) (format "%s %s" (plist-get each :key) (plist-get each :label)))
                      stands "\n")))

(defun adr-lsp-run ()
  "Run the tests of the invariant on this line, and record what they show.
You can go on editing meanwhile; the verdict is said at the end."
  (interactive)
  (unless adr-lsp-trusted
    (user-error "Tests of this project are not run: set `adr-lsp-trusted', then `M-x eglot-reconnect'"))
  (jsonrpc-async-request (eglot--current-server-or-lose) :workspace/executeCommand
                         (adr-lsp--command "adr-lsp.run")
                         :success-fn #'adr-lsp--tell
                         :error-fn (lambda (fault) (message "adr-lsp: %s" (plist-get fault :message)))
                         :timeout 3600)
  (message "adr-lsp: the tests run"))

(defun adr-lsp-scaffold ()
  "Write a test for the invariant on this line."
  (interactive)
  (jsonrpc-request (eglot--current-server-or-lose) :workspace/executeCommand
                   (adr-lsp--command "adr-lsp.scaffold")
                   :timeout 60))

(defun adr-lsp-report ()
  "Write the HTML report of the project and show it in a browser."
  (interactive)
  (let* ((default-directory (project-root (project-current t)))
         (file (make-temp-file "adr-report" nil ".html"))
         (words (append (cdr adr-lsp-command) (list "report" "-o" file))))
    (with-temp-buffer
      (unless (zerop (apply #'call-process (car adr-lsp-command) nil t nil words))
        (user-error "The report could not be written: %s" (string-trim (buffer-string)))))
    (browse-url-of-file file)))

(provide 'adr-lsp)
;;; adr-lsp.el ends here
