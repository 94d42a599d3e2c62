# make run    mở chương trình trên máy này        make test   chạy mọi phép thử
# make check  kiểm tra mã nguồn                    make help   mọi lệnh
.DEFAULT_GOAL := help
.PHONY: help setup run check test test-newest fuzz bench pictures wheel lock messages clean

PYTHON ?= python3
NPM ?= npm
export PIP_DISABLE_PIP_VERSION_CHECK = 1
PY := .venv/bin/python
STATIC := $(shell find src -path '*/static/*' -type f -o -path '*/migrations/*.py' 2>/dev/null)

help: ## in danh sách lệnh
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "make %-12s %s\n", $$1, $$2}'

setup: build/.static ## chuẩn bị .venv, các gói giao diện, bản dịch

build/.venv: requirements/setup.txt pyproject.toml hatch_build.py
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Cần Python 3.11 trở lên; máy này có " + sys.version.split()[0] + ". Chạy: make PYTHON=python3.12 …")'
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet --require-hashes -r requirements/setup.txt
	.venv/bin/pip install --quiet --no-deps --no-build-isolation -e .
	@mkdir -p build && touch $@

build/.npm: package.json package-lock.json
	@command -v $(NPM) >/dev/null || { echo "Cần Node 20 trở lên có npm." >&2; exit 1; }
	$(NPM) ci --silent
	@mkdir -p build && touch $@

build/.static: build/.venv build/.npm $(STATIC) src/sangkien/locale/en/LC_MESSAGES/django.po src/sangkien/config/settings.py
	@$(PY) tools/messages.py compile
	@$(PY) -m sangkien.config.gather
	@touch $@

build/.dev: build/.venv requirements/dev.txt
	.venv/bin/pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

run: setup ## mở chương trình trên máy này; nơi còn trống thì kể trước một đợt minh họa
	@.venv/bin/sangkien demo --if-empty && exec .venv/bin/sangkien serve

check: setup build/.dev ## kiểm tra mã nguồn: kiểu, cách viết, hướng giữa các phòng, mẫu trang
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	PYTHONPATH=src .venv/bin/lint-imports
	SANGKIEN_HOME=build/home $(PY) -m mypy
	$(PY) -m djlint --quiet --lint src
	SANGKIEN_HOME=build/home .venv/bin/sangkien manage makemigrations --check --dry-run

test: setup build/.dev ## chạy mọi phép thử, trên SQLite rồi PostgreSQL
	@$(PY) tools/browser.py
	$(PY) -m pytest -q -n auto --dist loadfile
	$(PY) tools/postgres.py $(PY) -m pytest -q -m django_db

test-newest: ## thử với Python và Django mới nhất có trên máy
	@$(PY) tools/newest.py

fuzz: setup build/.dev ## thử bộ đọc lâu hơn với tệp hỏng ngẫu nhiên
	SANGKIEN_FUZZ_EXAMPLES=$${SANGKIEN_FUZZ_EXAMPLES:-5000} $(PY) -m pytest -q tests/appendix/test_fuzz.py

bench: setup build/.dev ## đo: thời gian, bộ nhớ, tỉ lệ so với mức sàn
	PYTHONHASHSEED=0 PYTHONPATH=.:src $(PY) -m benchmarks.run

pictures: setup build/.dev ## chụp mọi trang và mọi văn bản vào build/pictures
	@$(PY) tools/browser.py
	$(PY) tools/pictures.py

wheel: setup ## dựng gói cài đặt vào dist/
	.venv/bin/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

lock: ## ghim lại phiên bản (cần uv)
	$(PY) tools/lock.py

messages: setup ## gom câu chữ để dịch
	$(PY) tools/messages.py update

clean: ## xóa những gì dựng ra
	rm -rf build dist .venv node_modules src/sangkien/_npm src/sangkien/_static
