"""Tests in TypeScript and JavaScript: vitest or node:test, and fast-check for properties."""
