# Aliases of dev.py, which also works where there is no make. Options: make run ARGS="--port 9000"
PYTHON ?= python3

.PHONY: run test test-full lock
run test test-full lock:
	@$(PYTHON) dev.py $@ $(ARGS)
