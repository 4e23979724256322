import {apportion} from '../charts/apportion.js';
import {fitText} from '../charts/fit-text.js';
import {formatCount, formatGrouped, formatMicroseconds, formatShare} from '../charts/format-number.js';
import {type Latency, type Metrics} from '../metrics/metrics.js';
import {vcpuStateNames} from '../tracepoints/tracepoints.js';
import {summaryRow} from './text-layout.js';

/** Cells of the longest bar in the table of stages. */
const longestBar = 35;

function rate(value: number | null): string {
	return `${formatCount(value)}/s`;
}

function perCommand(value: number | null): string {
	return `${formatCount(value)}/cmd`;
}

/** A count that is whole by nature. */
function whole(value: number | null): string {
	return value === null ? '-' : formatGrouped(value);
}

/** Percentiles in one unit: us, or ms when the median has more than four digits. */
function latencyLine(latency: Latency): string {
	const unit = (latency.p50 ?? 0) < 9999.5 ? {name: 'us', size: 1} : {name: 'ms', size: 1000};
	const figure = (value: number | null) => {
		if (value === null) {
			return '-';
		}

		const size = value / unit.size;
		return size < 99.95 ? String(Number(size.toPrecision(3))) : formatGrouped(size);
	};

	const figures = [
		`mean ${figure(latency.mean)}`,
		`p50 ${figure(latency.p50)}`,
		`p90 ${figure(latency.p90)}`,
		`p99 ${figure(latency.p99)}`,
		`p99.9 ${figure(latency.p999)}`,
		`max ${figure(latency.max)}`,
	];
	return `${'latency'.padEnd(13)}${figures.join('  ')} ${unit.name}`;
}

/** Rates, ring, lock and latency of the control queue. */
export function queueLines({throughput, kicks, irqs, ring, lock, latency}: Metrics): string[] {
	const {waits, spin} = lock;
	const contended = lock.acquisitions > 0 ? `${formatShare(lock.contended / lock.acquisitions)} %` : '';
	return [
		summaryRow(
			'throughput',
			`submitted ${rate(throughput.submitted).padStart(8)}`,
			`completed ${rate(throughput.completed).padStart(8)}`,
		),
		summaryRow(
			'kicks',
			`${rate(kicks.perSecond).padStart(8)}  ${perCommand(kicks.perCommand).padStart(11)}`,
			`suppressed ${rate(kicks.suppressed)}`,
			`forced ${rate(kicks.forced)}`,
		),
		summaryRow(
			'IRQs',
			`${rate(irqs.perSecond).padStart(8)}  ${perCommand(irqs.perCommand).padStart(11)}`,
			`spurious ${rate(irqs.spurious)}`,
		),
		summaryRow(
			'ring',
			`num_free mean ${formatCount(ring.numFree.mean)}`,
			`min ${whole(ring.numFree.min)}  max ${whole(ring.numFree.max)}`,
			`in flight ${formatCount(ring.inFlight.mean)}`,
		),
		summaryRow('', `full waits ${rate(ring.fullWaits)}`, `busy errors ${rate(ring.busyErrors)}`),
		summaryRow('lock', `acquired ${rate(lock.acquisitions)}`, `contended ${rate(lock.contended)}`, contended),
		summaryRow(
			'',
			`spin  worker ${formatCount(spin.worker)}`,
			`submitter ${formatCount(spin.submitter)}`,
			`total ${formatCount(spin.total)} ms/s`,
		),
		summaryRow(
			'',
			'waits on notify',
			`worker ${rate(waits.workerOnNotify)}`,
			`submitter ${rate(waits.submitterOnNotify)}`,
		),
		summaryRow('', 'waits, other', `worker ${rate(waits.workerOther)}`, `submitter ${rate(waits.submitterOther)}`),
		summaryRow('', `a CPU spins ${formatShare(lock.contentionShare)} % of the time`),
		latencyLine(latency),
	];
}

/** What each vCPU and who serves the device (`server`) did; the shares of a vCPU sum to 100.0. */
export function cpuLines({cpu}: Metrics, server: string): string[] {
	const names = vcpuStateNames;
	const lines = [`${'CPU'.padEnd(11)}${names.map(name => name.padStart(8)).join('')}  %`];
	for (const [index, vcpu] of cpu.vcpus.entries()) {
		const tenths = apportion(
			names.map(name => vcpu[name]),
			1000,
		);
		lines.push(
			`  ${`vCPU ${index}`.padEnd(9)}${tenths.map(value => (value / 10).toFixed(1).padStart(8)).join('')}`,
		);
	}

	lines.push(`  ${server.padEnd(9)}  busy ${formatShare(cpu.mainLoop)}`);
	return lines;
}

/** A line for each paced client and one for the cursor queue, when there are any. */
export function otherLines({frames, cursor}: Metrics): string[] {
	const lines: string[] = [];
	for (const [name, client] of Object.entries(frames ?? {})) {
		lines.push(
			summaryRow(
				'frames',
				`${fitText(name, 14, 'both')} ${formatCount(client.perSecond)}/s`,
				`missed ${rate(client.missed)}`,
			),
		);
	}

	if (cursor) {
		const {throughput, kicks, irqs, ring} = cursor;
		const doorbells = `${rate(throughput.completed)}  ${formatCount(kicks.perCommand)} kick/cmd`;
		lines.push(
			summaryRow(
				'cursor',
				doorbells,
				`${formatCount(irqs.perCommand)} irq/cmd`,
				`num_free ${formatCount(ring.numFree.mean)}`,
			),
		);
	}

	return lines;
}

/** Where the time of a command goes; stages that never took any are left out. */
export function stageLines({latency}: Metrics): string[] {
	const stages = Object.entries(latency.stages).filter(([, stage]) => (stage.mean ?? 0) > 0);
	if (stages.length === 0) {
		return [];
	}

	const shares = stages.map(([, stage]) => stage.share ?? 0);
	const tenths = apportion(shares, 1000);
	const largest = Math.max(...shares);
	const lines = [`${'stage'.padEnd(16)}${'us'.padStart(8)}${'%'.padStart(8)}`];
	for (const [index, [name, stage]] of stages.entries()) {
		const bar = '#'.repeat(Math.max(1, Math.round((shares[index] / largest) * longestBar)));
		lines.push(
			`${name.padEnd(16)}${formatMicroseconds(stage.mean).padStart(8)}${(tenths[index] / 10).toFixed(1).padStart(8)}  ${bar}`,
		);
	}

	lines.push(`${'total'.padEnd(16)}${formatMicroseconds(latency.mean).padStart(8)}${'100.0'.padStart(8)}`);
	return lines;
}
