import {expect, test} from 'vitest';
import {canonical} from './canonical.js';
import {screenOf} from './render-screen.js';

const sizes = [
	[120, 36],
	[80, 24],
	[200, 60],
	[60, 18],
	[108, 32],
	[132, 24],
	[100, 50],
	[240, 70],
] as const;

test.each(sizes)('the overview at %ix%i is what it was', (columns, rows) => {
	expect(screenOf(canonical, columns, rows).join('\n')).toMatchSnapshot();
});

test('the overview in ASCII at 120x36 is what it was', () => {
	expect(screenOf(canonical, 120, 36, {ascii: true}).join('\n')).toMatchSnapshot();
});

test('a frame has one row less than the terminal and no row is longer than it', () => {
	for (const [columns, rows] of sizes) {
		const lines = screenOf(canonical, columns, rows);
		expect(lines).toHaveLength(rows - 1);
		expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(columns);
	}
});

test('both character sets have the same layout, and ASCII is ASCII', () => {
	for (const [columns, rows] of sizes) {
		const lines = screenOf(canonical, columns, rows);
		const ascii = screenOf(canonical, columns, rows, {ascii: true});
		expect(ascii.join('\n')).toMatch(/^[\n -~]*$/v);
		// The dense charts of the largest screen are lines in ASCII.
		if (columns < 170) {
			expect(ascii.map(line => line.length)).toEqual(lines.map(line => line.length));
		}
	}
});

test('panels are the drawn ones at 120x36', () => {
	const lines = screenOf(canonical, 120, 36);
	expect(lines[0]).toBe(
		' vqlab  seed-2019-kick-under-lock  qemu 2d, Linux to 5.4  seed 1                              A   ► ' +
			'1:10   t    3.482 s',
	);
	expect(lines.slice(2, 5).map(line => line.slice(0, 34))).toEqual([
		'┏ Parameters ━━━━━━━━━━ / filter ┓',
		'┃▸lock policy  ◄kick-under-lock► ┃',
		'┃ spinlock          pv-qspinlock ┃',
	]);
	expect(lines[2].slice(34)).toBe(
		'╭ Throughput ──────────────── 28.2k cmd/s ╮╭ Contention ── 7.1 % of time a CPU spins ╮',
	);
	expect(lines[11].slice(34)).toBe(
		'╭ IRQ rate ───────────────────── 4.23k /s ╮╭ num_free ────────── 56.9 of 64   min 34 ╮',
	);
	expect(lines.slice(21, 34)).toEqual([
		'╭ Queues and lock ────────────────── spin: worker + submitter ╮╭ CPUs ─────────────────── █ guest ╳ ' +
			'spin ▒ exit · idle ╮',
		'│ queue    size  free  in fl  cmd/s  kick/cmd  irq/cmd  full/s││         guest  spin  exit  idle ' +
			'%                     │',
		'│ control    64  56.9    7.1  28.2k     0.254    0.150       0││ vCPU 1   20.5   6.8   0.9  71.8  ' +
			'████╳▒·············· │',
		'│ cursor     16  16.0    0.0   60.0      1.00     1.00       0││ vCPU 0   87.2   0.3  12.5   0.0  ' +
			'█████████████████╳▒▒ │',
		'│ qlock  32.5k acq/s  4.3 % contended  spin 67.6 + 3.2 ms/s   ││ main loop busy  32.3  idle 67.7  ' +
			'██████·············· │',
		'╰─────────────────────────────────────────────────────────────╯╰───────────────────────────────────────────────────────╯',
		"╭ Where a command's time goes ─────────────────────────── mean 296 us   p50 258 us   p90 519 us   p99 " +
			'843 us   n 92.6k ╮',
		'│ ████████████╳╳╳╳╳╳╳▓▓▓▓░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░' +
			'░░░░██▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒░░░░░░░░░░░░░░░░░░░░░████████ │',
		'│ prepare     lock   host wait+ 110.3 us                        irq+ 62.7 us             worker 52.6 ' +
			'us       reap     │',
		'╰──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────╯',
		' ● worker-spin  Dequeue worker spins 67.6 ms/s on ctrlq.qlock; 646 of its 832 waits/s meet a holder in ' +
			'its doorbell.',
		' ▸ try [a]  driver.lockPolicy = kick-after-unlock: worker spin -98.7 %, throughput no difference ' +
			'[-1.0, +0.6 %]',
		'   does not help: queue.size (34 or more of 64 free), host.cpus (nobody waits for one)',
	]);
});

test('panels are the drawn ones at 80x24', () => {
	const lines = screenOf(canonical, 80, 24);
	expect(lines[0]).toBe(' vqlab seed-2019-kick-under-lock                      A   ► 1:10   t    3.482 s');
	expect(lines[2]).toBe('╭ Throughput ───────────── 28.2k cmd/s ╮╭ Contention ─────────── 7.1 % of time ╮');
	expect(lines[8]).toBe('╭ IRQ rate ────────────────── 4.23k /s ╮╭ num_free ─────── 56.9 of 64   min 34 ╮');
	expect(lines.slice(14, 22)).toEqual([
		"┏ Parameters ━━━━━━━━━━ / filter ┓╭ Queues and lock ─────── c the lock's cycle ╮",
		'┃▸lock policy  ◄kick-under-lock► ┃│ queue    free in fl cmd/s kick/cmd irq/cmd │',
		'┃ spinlock          pv-qspinlock ┃│ control  56.9   7.1 28.2k    0.254   0.150 │',
		'┃ queue size                  64 ┃│ cursor   16.0   0.0  60.0     1.00    1.00 │',
		'┃ 66 more: ↓ or /                ┃│ qlock 4.3 % contended, spin 67.6 + 3.2 ms/s│',
		'┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┛╰────────────────────────────────────────────╯',
		' ● worker-spin  Worker spins 67.6 ms/s; 646 of 832 waits/s: holder in doorbell',
		' ▸ try [a]  lockPolicy = kick-after-unlock: worker spin -98.7 %, cmd/s same',
	]);
});

test.each([
	[52, 14],
	[30, 5],
	[59, 40],
	[200, 17],
])('%ix%i is too small and says so', (columns, rows) => {
	const lines = screenOf(canonical, columns, rows);
	expect(lines).toHaveLength(rows - 1);
	expect(lines[2].slice(0, 27)).toBe('│ This screen is too small:');
});

test('the words of a screen that is too small', () => {
	expect(screenOf(canonical, 52, 14).join('\n')).toMatchSnapshot();
	expect(screenOf(canonical, 29, 9)[0]).toBe('vqlab needs 60x18');
	expect(screenOf(canonical, 40, 4)[0]).toBe('vqlab needs 60x18');
	expect(screenOf(canonical, 17, 5).join('').trim()).toBe('');
	expect(screenOf(canonical, 1, 1).join('').trim()).toBe('');
});

test('numbers that rest on few commands carry a tilde', () => {
	const lines = screenOf(
		{
			...canonical,
			settled: false,
			verdict: null,
			advice: null,
		},
		120,
		36,
	);
	expect(lines[2]).toContain(' ~28.2k cmd/s ╮');
	expect(lines[2]).toContain(' ~7.1 % of time');
	expect(lines[21]).toContain('~ settling ╮');
	expect(lines[31]).toContain('~ settling');
});

test('a long value and its arrows leave room for the name', () => {
	const [first, ...rest] = canonical.parameters;
	const lines = screenOf(
		{...canonical, parameters: [{...first, value: 'kick-after-unlock', changed: true}, ...rest]},
		120,
		36,
	);
	expect(lines[3].slice(0, 34)).toBe('┃▸lock policy◄kick-after-unlock►*┃');
});

test('a change is marked in every chart', () => {
	const lines = screenOf(
		{...canonical, charts: {...canonical.charts, marks: [{age: 17, at: 3_310_000_000}]}},
		120,
		36,
	);
	expect(lines[19].slice(34)).toBe(
		'│                       ▲ 3.310        now││                       ▲ 3.310        now│',
	);
	expect(lines[3].slice(34)).toContain('┆');
});

test('paused and bad input show where they should', () => {
	const lines = screenOf({...canonical, state: 'paused'}, 120, 36, {
		notice: {text: 'queue.size: 3 is no power of two', bad: true},
	});
	expect(lines[0]).toContain('A   ‖ paused   t    3.482 s');
	expect(lines[34]).toBe(' ✗ queue.size: 3 is no power of two');
});

test('where host CPUs are scarce, stolen time has its column', () => {
	const {readings} = canonical;
	const vcpus = readings.vcpus.map(vcpu => ({...vcpu, idle: 0, stolen: vcpu.idle}));
	const lines = screenOf({...canonical, readings: {...readings, vcpus}}, 120, 36);
	expect(lines[22].slice(63)).toBe('│         guest  spin  exit  idle stoln %               │');
	expect(lines[23].slice(63)).toBe('│ vCPU 1   20.5   6.8   0.9   0.0  71.8  ██╳▒~~~~~~~~~~ │');
});

test('the CPU panel names who serves the device, in the same columns', () => {
	const line = (server: string): string =>
		screenOf({...canonical, server}, 120, 36).find(text => text.includes(`${server} busy`)) ?? '';
	const qemu = line('main loop');
	const other = line('gpu process');
	expect(other).toContain('gpu process busy');
	expect(other.length).toBe(qemu.length);
	expect(other.indexOf('█')).toBe(qemu.indexOf('█'));
});

test.each([
	['problem', '●'],
	['notice', '○'],
	['ok', '○'],
] as const)('the sign of a verdict of severity %s is %s', (severity, sign) => {
	const verdict = canonical.verdict && {...canonical.verdict, severity};
	const row = (shown: typeof verdict): string => screenOf({...canonical, verdict: shown}, 120, 36)[31];
	expect(row(verdict)).toMatch(new RegExp(`^ ${sign} worker-spin `, 'v'));
	expect(row(verdict && {...verdict, id: 'stall'})).toMatch(/^ ! stall /v);
});
