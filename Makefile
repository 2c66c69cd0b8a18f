# Every target says what it does; times are those of a first run on two cores. `make` alone lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test long bench lint fmt fresh setup site

LISTEN ?= 127.0.0.1:3000
DATA_DIR ?= ./data/demo
BUILDER := cargo run --quiet -p builder --

help: ## this list
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

run: ## the site with the demo city on http://127.0.0.1:3000 (first run: about 10 minutes)
	@echo 'run: compiler, browser module, server, demo city; about 10 minutes the first time, seconds later'
	@bash builder/setup.sh rust node
	@$(BUILDER) site
	@cargo build -p server
	@test -e $(DATA_DIR)/.filled || { DATA_DIR=$(DATA_DIR) target/debug/fijnebuurt demo && touch $(DATA_DIR)/.filled; }
	@echo 'run: http://$(LISTEN) (stop with Ctrl-C; `make fresh` forgets the demo city)'
	@DATA_DIR=$(DATA_DIR) LISTEN=$(LISTEN) target/debug/fijnebuurt serve

test: ## everything needed, then all checks and tests (first run: about 50 minutes on two cores)
	@echo 'test: setup, browser module, lint, Rust tests, browser tests; about 50 minutes on two cores the first time'
	@bash builder/test.sh

long: ## the same, with what is too long for every change (an hour or more)
	@echo 'long: make test with LONG=1; an hour or more'
	@LONG=1 bash builder/test.sh

bench: ## ratios, not seconds, so that machines compare; and a large roll with its letters (first run: about 25 minutes)
	@echo 'bench: release builds, the letters program among them, and benchmarks; about 25 minutes the first time'
	@bash builder/setup.sh rust node postgres
	@$(BUILDER) site
	@cargo bench --quiet -p domain --bench growth
	@bash builder/pabutools.sh
	@cargo build --quiet --release -p letters
	@cargo bench --quiet -p proof --bench city
	@bash builder/postgres.sh cargo bench --quiet -p server --bench ratios --bench votes --bench roll --bench desk --bench overview

lint: ## formatting, clippy, dependencies, length of files (first run: about 5 minutes)
	@echo 'lint: about 5 minutes the first time'
	@. builder/steps.sh; set -e; \
	step 'format' cargo fmt --all --check; \
	step 'lints' cargo clippy --quiet --all-targets -- -D warnings; \
	step 'dependencies and licences' $(BUILDER) check-deps; \
	step 'length of files' $(BUILDER) check-files

fmt: ## puts the code into shape (a second)
	@echo 'fmt: a second'
	@cargo fmt

setup: ## what the machine lacks: compiler, node packages, browser, PostgreSQL (first run: about 2 minutes)
	@echo 'setup: about 2 minutes the first time, a second later'
	@bash builder/setup.sh

site: ## the browser module, the style sheet and the pictures (first run: about 5 minutes)
	@echo 'site: about 5 minutes the first time, a second later'
	@bash builder/setup.sh rust node
	@$(BUILDER) site

fresh: ## as if just cloned: removes what was built, what the server kept, and the node packages
	@echo 'fresh: removes target/, data/ (but not the budget of 2008) and end2end/node_modules; a few seconds'
	@rm -rf target end2end/node_modules end2end/test-results end2end/playwright-report
	@if [ -d data ]; then find data -mindepth 1 -maxdepth 1 ! -name wijkaanpak-2008 -exec rm -rf {} +; fi
