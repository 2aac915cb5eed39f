#!/usr/bin/env python3
"""Plants each fault of this folder into a copy of the product and counts the seeds until the simulation finds it.

Usage: find.py [NAME ...]   (build the tests first: dotnet build)

A .plant file says in its first line what is wrong, then names files (by their last part, wherever they lie) and what is replaced by what in them.
The product alone is built again; the tests' assembly is the one that was built before.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
TESTS = ROOT / "PaySg.Functions.Tests/bin/Debug/net10.0"
BESIDE = ["Directory.Build.props", "Directory.Packages.props", "BannedSymbols.txt", "global.json", ".editorconfig", "host.json", "local.settings.json"]
COMPILE = ["dotnet", "msbuild", "-t:PrepareResources;Compile", "-v:q", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false", "-p:UseSharedCompilation=true"]
SEEDS = int(os.environ.get("PAYSG_PLANT_SEEDS", "2000"))


def find(folder, name):
    found = [path for path in folder.rglob(name) if not {"obj", "bin"} & set(path.relative_to(folder).parts)]
    if len(found) != 1:
        sys.exit(f"{name}: found {len(found)} times")
    return found[0]


def plant(text, product):
    """Changes the copy; gives back what the files held."""
    before = {}
    for name, changes in re.findall(r"^file: (\S+)\n((?:<<<<\n.*?\n>>>>\n)+)", text, re.M | re.S):
        path = find(product, name)
        code = path.read_text()
        before.setdefault(path, code)
        for old, new in re.findall(r"<<<<\n(.*?)\n====\n(.*?)\n>>>>\n", changes, re.S):
            if code.count(old) != 1:
                sys.exit(f"{name}: this is there {code.count(old)} times:\n{old}")
            code = code.replace(old, new)
        path.write_text(code)
    return before


def run(command, **more):
    return subprocess.run(command, capture_output=True, text=True, **more)


def main():
    env = os.environ | {
        "DOTNET_ThreadPool_ForceMaxWorkerThreads": "1", "DOTNET_ThreadPool_ForceMinWorkerThreads": "1", "DOTNET_TieredPGO": "0"}
    with tempfile.TemporaryDirectory() as temp:
        copy = pathlib.Path(temp)
        ignored = shutil.ignore_patterns("bin", "node_modules")
        shutil.copytree(ROOT / "PaySg.Functions", copy / "PaySg.Functions", ignore=ignored)
        for name in BESIDE:
            if (ROOT / name).exists():
                shutil.copy(ROOT / name, copy / name)
        shutil.copytree(TESTS, copy / "run", ignore=shutil.ignore_patterns(".playwright", "runtimes"))
        product = copy / "PaySg.Functions"
        run(["dotnet", "restore"], cwd=product)
        print("| fault | found after seeds | by |\n| --- | --- | --- |")
        missed = 0
        for path in sorted(HERE.glob("*.plant")):
            if sys.argv[1:] and path.stem not in sys.argv[1:]:
                continue
            text = path.read_text()
            before = plant(text, product)
            built = run(COMPILE, cwd=product)
            if built.returncode:
                sys.exit(f"{path.stem} does not build:\n{built.stdout[-3000:]}")
            shutil.copy(product / "obj/Debug/net10.0/PaySg.Functions.dll", copy / "run/PaySg.Functions.dll")
            ran = run(["dotnet", str(copy / "run/PaySg.Functions.Tests.dll"), "simulate", "1", str(SEEDS), "--quick"], env=env)
            for changed, code in before.items():
                changed.write_text(code)
            after = re.search(r"fails, the (\d+)\. of them", ran.stdout)
            wrong = re.search(r"What is wrong:\n  (.*)", ran.stdout)
            missed += after is None
            if wrong:
                reason = re.sub(r"(evt|we|re|att)_[0-9a-f-]{36}", r"\1_…", wrong[1])[:110].replace("|", "/")
            else:
                reason = (ran.stdout[-200:] + ran.stderr[-200:]).replace("\n", " ")
            print(f"| {text.splitlines()[0]} | {after[1] if after else 'not found'} | {reason} |", flush=True)
        sys.exit(1 if missed else 0)


main()
