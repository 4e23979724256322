import {formatCount, formatDuration, formatPerSecond, formatShare} from '../charts/format-number.js';
import {type Facts} from './facts.js';
import {type Finding, type Suggestion} from './finding.js';
import {duration} from './verdict-host.js';

/** Spinning of less than this is noise: 2 % of a CPU, in ms per second. */
const noticeable = 20;

/** Spinning starves the host when it takes this share of all host CPUs. */
const starving = 0.1;

/** The policies that ring the doorbell with the lock held, and what does the same without. */
const outOfTheLock: ReadonlyMap<string, string> = new Map([
	['kick-under-lock', 'kick-after-unlock'],
	['kick-batched-under-lock', 'kick-batched'],
]);

/** What a holder of the lock is in the middle of, for a sentence and for a narrow one. */
const holderWords = {
	submit: {words: 'in its add', short: 'in add'},
	notify: {words: 'in its notify', short: 'in notify'},
	doorbell: {words: 'in its doorbell', short: 'in doorbell'},
	forced: {words: 'in a forced doorbell', short: 'in forced kick'},
	worker: {words: 'that drains', short: 'drains'},
} as const;

type Waiter = 'submit' | 'notify' | 'worker';

/** The phase of the holder that these waiters met most often, and how often a second. */
function mainHolder(
	facts: Facts,
	waiters: readonly Waiter[],
): {name: keyof typeof holderWords; count: number; words: string; short: string} {
	const {matrix} = facts.metrics.lock;
	const count = (name: keyof typeof holderWords): number =>
		waiters.reduce((sum, waiter) => sum + matrix[name][waiter].count, 0);
	let name: keyof typeof holderWords = 'doorbell';
	for (const candidate of ['submit', 'notify', 'forced', 'worker'] as const) {
		name = count(candidate) > count(name) ? candidate : name;
	}

	return {name, count: count(name), ...holderWords[name]};
}

function moveDoorbellOut(facts: Facts): Suggestion | null {
	const policy = outOfTheLock.get(facts.value('driver.lockPolicy'));
	return policy === undefined
		? null
		: {
				set: {'driver.lockPolicy': policy},
				why: 'the doorbell is rung after spin_unlock, so nobody waits for the VM exit of the holder',
			};
}

/** A spinner burns time slices of host CPUs that the lock holder or the main loop waits for. */
export function spinStarvesHost(facts: Facts): Finding | undefined {
	const {lock} = facts.metrics;
	const cpus = facts.value('host.cpus');
	const {total} = lock.spin;
	const threads = facts.value('guest.vcpus') + 1 + facts.value('host.load');
	const share = cpus > 0 ? total / 1000 / cpus : 0;
	if (share < starving || cpus >= threads) {
		return undefined;
	}

	const {worker} = lock.spin;
	const byWorker = worker * 2 >= total;
	const spin = byWorker ? worker : lock.spin.submitter;
	const waits = byWorker
		? lock.waits.workerOnNotify + lock.waits.workerOther
		: lock.waits.submitterOnNotify + lock.waits.submitterOther;
	if (waits === 0) {
		return undefined;
	}

	const each = formatDuration((spin / waits) * 1e6);
	const cpuWord = cpus === 1 ? 'host CPU' : 'host CPUs';
	const who = byWorker ? 'The worker spins' : 'Submitters spin';
	return {
		bottleneck: 'spin-starves-host',
		text:
			`${who} ${formatPerSecond(spin)} ms/s on ${cpus} ${cpuWord} that the lock holder needs; ` +
			`${formatCount(waits)} waits/s of ${each}.`,
		short: `Spin takes ${formatShare(share)} % of ${cpus} ${cpuWord}; waits of ${each}`,
		evidence: [
			{
				metric: 'lock.spin.total',
				value: total,
				text:
					`${threads} host threads share ${cpus} ${cpuWord}, ${formatShare(share)} % of it is spent ` +
					'spinning',
			},
			{
				metric: byWorker ? 'lock.spin.worker' : 'lock.spin.submitter',
				value: spin,
				text: `${formatPerSecond(spin)} ms/s in ${formatCount(waits)} waits of ${each}`,
			},
		],
		suggestion:
			moveDoorbellOut(facts) ??
			(facts.value('driver.spinlock') === 'pv-qspinlock'
				? null
				: {
						set: {'driver.spinlock': 'pv-qspinlock'},
						why: 'a waiter halts after a while and leaves its host CPU to the holder',
					}),
	};
}

/** The dequeue worker waits for `ctrlq.qlock`: the contention of July 2019. */
export function workerSpin(facts: Facts): Finding | undefined {
	const {spin, waits} = facts.metrics.lock;
	const {worker} = spin;
	if (worker < noticeable || worker < spin.submitter) {
		return undefined;
	}

	const onNotify = waits.workerOnNotify;
	const all = onNotify + waits.workerOther;
	const text = formatPerSecond(worker);
	const holder = mainHolder(facts, ['worker']);
	return {
		bottleneck: 'worker-spin',
		text:
			`${facts.reaper} spins ${text} ms/s on ${facts.queue.lockName}; ${formatCount(holder.count)} of its ` +
			`${formatCount(all)} waits/s meet a holder ${holder.words}.`,
		short:
			`Worker spins ${text} ms/s; ${formatCount(holder.count)} of ${formatCount(all)} waits/s: ` +
			`${holder.short}`,
		evidence: [
			{
				metric: 'lock.spin.worker',
				value: worker,
				text: `${facts.queue.reapFunction} spins ${text} ms per second`,
			},
			{
				metric: `lock.matrix.${holder.name}.worker.count`,
				value: holder.count,
				text:
					`${formatCount(holder.count)} of ${formatCount(all)} waits a second meet a holder ` +
					`${holder.words}`,
			},
			{
				metric: 'lock.hold.mean',
				value: facts.metrics.lock.hold.mean ?? 0,
				text: `the lock is held for ${duration(facts.metrics.lock.hold.mean ?? 0)} (mean)`,
			},
		],
		suggestion: onNotify * 2 >= all ? moveDoorbellOut(facts) : null,
	};
}

/** Submitters wait for `ctrlq.qlock`: for each other, or for the worker. */
export function submitterSpin(facts: Facts): Finding | undefined {
	const {spin, waits} = facts.metrics.lock;
	const {submitter} = spin;
	if (submitter < noticeable) {
		return undefined;
	}

	const onNotify = waits.submitterOnNotify;
	const all = onNotify + waits.submitterOther;
	let threads = 0;
	for (const client of facts.controlClients) {
		threads += client.threads;
	}

	const text = formatPerSecond(submitter);
	const holder = mainHolder(facts, ['submit', 'notify']);
	const meets = facts.metrics.lock.matrix[holder.name].submit.count;
	return {
		bottleneck: 'submitter-spin',
		text:
			`Submitters spin ${text} ms/s on ${facts.queue.lockName}: ${threads} ` +
			`${threads === 1 ? 'thread' : 'threads'}, ${formatCount(all)} waits/s, ${formatCount(holder.count)} on ` +
			`a holder ${holder.words}.`,
		short: `Submitters spin ${text} ms/s: ${formatCount(all)} waits/s, most: holder ${holder.short}`,
		evidence: [
			{
				metric: 'lock.spin.submitter',
				value: submitter,
				text: `${threads} client threads spin ${text} ms per second`,
			},
			{
				metric: `lock.matrix.${holder.name}.submit.count`,
				value: meets,
				text:
					`${formatCount(holder.count)} of ${formatCount(all)} waits a second meet a holder ` +
					`${holder.words}`,
			},
		],
		suggestion: onNotify * 2 >= all ? moveDoorbellOut(facts) : null,
	};
}
