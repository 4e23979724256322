#!/usr/bin/env bash
# The packed program in an empty prefix, used with each node that is given: run, dashboard's screens, library, require,
# samples, manual page and completions. Packs twice: the same bytes.
# Usage: scripts/package-smoke.sh NODE…
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

# Each from a copy of its own, so that both are made at once, and whoever uses the built program meanwhile finds it as it
# was. Declarations that are newer than their sources are taken along, as `npm pack` leaves them.
pack() {
	local copy=$scratch/$1/copy name
	mkdir -p "$copy/distribution"
	for name in "$root"/*; do
		case "${name##*/}" in
			node_modules | distribution | test | bench) ;;
			*) cp -R "$name" "$copy" ;;
		esac
	done
	ln -s "$root/node_modules" "$copy/node_modules"
	if [ -z "$(find "$root/source" "$root/scripts" "$root/package-lock.json" -newer "$root/distribution/types/index.d.ts" 2>&1)" ]; then
		cp -R "$root/distribution/types" "$copy/distribution"
	fi
	npm pack "$copy" --pack-destination "$scratch/$1" --loglevel=error > /dev/null
}
packing=()
for turn in first second; do
	pack "$turn" &
	packing+=($!)
done
for turn in "${packing[@]}"; do
	wait "$turn"
done
cmp first/*.tgz second/*.tgz
size=$(stat -c %s first/*.tgz)
echo "tarball: $size bytes, the same when packed twice"
[ "$size" -lt 1000000 ]
[ -n "$(tar -tzf first/*.tgz | grep "\.start$")" ]

npm install --global --prefix "$scratch/prefix" --offline --no-audit --no-fund --loglevel=error "$PWD"/first/*.tgz > /dev/null
program="$scratch/prefix/bin/vqlab"
module="$scratch/prefix/lib/node_modules/vqlab"
test -s "$scratch/prefix/share/man/man1/vqlab.1"
mkdir -p project/node_modules
ln -s "$module" project/node_modules/vqlab

# Uses the program with the node of a number; leaves its screens in a folder of that number.
use() {
	local node=$1 place=$scratch/$2 number=0 shown shell
	mkdir "$place"
	smoke() { "$node" "$program" "$@"; }
	smoke version > /dev/null
	smoke run --for 20ms --warmup 5ms --format json | grep -q '"end": "duration"'
	# A screen is the same in a terminal (where there is a `script`) and in CI.
	for shown in 'ring-full --at 50ms --size 80x24' \
		'seed-2019-kick-under-lock --view timeline --at 60ms --keys n --size 120x36 --to ansi' \
		'sample --view latency --size 200x60 --theme paper --to svg'; do
		number=$((number + 1))
		env -i "PATH=$PATH" "HOME=$HOME" CI=true TERM=dumb NO_COLOR=1 "$node" "$program" snapshot $shown > "$place/screen.$number"
		# In a terminal all of them on the first Node, whose screens those of the others have to be; there the first.
		if { [ "$2" -eq 0 ] || [ "$number" -eq 1 ]; } && command -v script > /dev/null; then
			script -qec "TERM=xterm-256color '$node' '$program' snapshot $shown --output '$place/terminal.$number'" /dev/null > /dev/null < /dev/null
			cmp "$place/screen.$number" "$place/terminal.$number"
		fi
	done
	grep -q Throughput "$place/screen.1"
	smoke calibrate sample --output "project/guest.$2.json" > /dev/null
	smoke run "./project/guest.$2.json" --for 20ms --quiet > /dev/null
	for shell in bash zsh fish; do smoke completion $shell | grep -q vqlab; done
	(cd project && "$node" --input-type=module -e "
		import {runSimulation, loadPreset, configurationOf} from 'vqlab';
		const {metrics} = runSimulation({configuration: configurationOf(loadPreset('ring-full')), seed: 1, warmup: 1e6, duration: 2e7, changes: []});
		if (!(metrics.throughput.completed > 0)) process.exit(1);
	")
	(cd project && "$node" -e "
		const {listPresets} = require('vqlab');
		const {version} = require('vqlab/package.json');
		if (listPresets().length === 0 || version !== '$(node -p "require('$root/package.json').version")') process.exit(1);
		require.resolve('vqlab/presets/ring-full.json'); require.resolve('vqlab/schema');
	")
	echo "package: works on Node $("$node" --version)"
}

# All at once: each of them mostly waits for one core.
users=()
for node in "$@"; do
	(use "$node" "${#users[@]}") &
	users+=($!)
done
for user in "${users[@]}"; do
	wait "$user"
done
# A screen is the same on every Node.
for place in "${!users[@]}"; do
	for screen in "$scratch"/0/screen.*; do
		cmp "$screen" "$scratch/$place/${screen##*/}"
	done
done
