import {spawnSync} from 'node:child_process';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

const cli = fileURLToPath(new URL('../distribution/cli.js', import.meta.url));

function median(command: readonly string[]): number {
	const times = Array.from({length: 9}, () => {
		const start = performance.now();
		spawnSync(process.execPath, command, {stdio: 'ignore'});
		return performance.now() - start;
	});
	return times.toSorted((a, b) => a - b)[4];
}

/** Prints how long the built program takes to start, beside Node itself. Wall ms, median of 9. */
export function benchStart(): void {
	const bare = median(['-e', '0']);
	console.log('\nstart: wall ms, median of 9 (build first)');
	const commands = [
		['node -e 0', ['-e', '0']],
		['vqlab --help', [cli, '--help']],
		['vqlab presets', [cli, 'presets']],
		['vqlab run, 1 ms', [cli, 'run', '--for', '1ms', '--warmup', '0ms']],
	] as const;
	for (const [name, command] of commands) {
		const time = median(command);
		console.log(`${name.padEnd(20)} ${time.toFixed(0).padStart(6)}   node + ${(time - bare).toFixed(0)}`);
	}
}
