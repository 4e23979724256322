import {type RingScene} from './ring-scene.js';

/** A sentence, and whether what it says is ill. */
export type Words = {readonly text: string; readonly isBad: boolean};

const plain = (text: string): Words => ({text, isBad: false});
const bad = (text: string): Words => ({text, isBad: true});

/** What the host has seen of what the guest added, and how it will learn of the rest. */
export function hostHasSeen(scene: RingScene): Words {
	const {picture, isServerAsleep, isRinging, serverName} = scene;
	const {popped, avail, counts, kickAt} = picture;
	const seen = `host has seen ${popped.value} of ${avail.value}`;
	if (counts.visible === 0) {
		return plain(`host has seen all up to ${avail.value}; ${serverName} ${isServerAsleep ? 'sleeps' : 'is awake'}`);
	}

	if (isRinging) {
		return plain(`${seen}: it learns when the doorbell under way is delivered`);
	}

	if (!isServerAsleep) {
		return plain(`${seen}: ${serverName} is awake and looks again before it sleeps`);
	}

	return bad(
		kickAt === undefined
			? `${seen}: asleep, no doorbell: nobody tells it`
			: `${seen}: asleep, no doorbell; avail_event ${kickAt.value} is passed`,
	);
}

/** What the guest has taken back of what the host used, and how it will learn of the rest. */
export function guestHasReaped(scene: RingScene): Words {
	const {picture, isWorking, isInterrupting, excerpt, queue} = scene;
	const {reaped, used, counts, irqAt} = picture;
	const seen = `guest has reaped ${reaped.value} of ${used.value}`;
	if (counts.used === 0) {
		return plain(`guest has reaped all up to ${used.value}`);
	}

	const spins = excerpt?.waits.some(
		({resource, isOpen, actor}) => isOpen && resource === queue && excerpt.cast[actor].letter === 'W',
	);
	if (spins === true) {
		return plain(`${seen}: it was told, its worker spins on ${excerpt?.resources[queue].name ?? 'qlock'}`);
	}

	if (isWorking) {
		return plain(`${seen}: it was told, its worker is under way`);
	}

	if (isInterrupting) {
		return plain(`${seen}: an interrupt is under way`);
	}

	return scene.isServerAsleep && !scene.isRinging
		? bad(
				irqAt === undefined
					? `${seen}: no interrupt: nobody tells it`
					: `${seen}: no interrupt; used_event ${irqAt.value} is passed`,
			)
		: plain(`${seen}: no interrupt is under way yet`);
}

/** Whether the next add rings, and why. */
export function nextAdd({picture, isServerAsleep, isRinging}: RingScene): Words {
	const {kickNext, kicks, kickAt, avail, counts, size, layout} = picture;
	const number = `next add   ${avail.value}`;
	if (counts.visible + counts.popped + counts.used >= size) {
		return plain(`${number}   has no room: A meets R`);
	}

	const why =
		kicks === 'event'
			? kickNext
				? `avail_event ${kickAt?.value ?? ''} is the next ${layout === 'split' ? 'index' : 'position'}`
				: `avail_event ${kickAt?.value ?? ''} is passed`
			: kicks === 'on'
				? 'the host asks for every one'
				: 'the host asks for none (NO_NOTIFY)';
	const text = `${number}   ${kickNext ? 'kick' : 'no kick'}: ${why}${isRinging ? '; a doorbell is under way' : ''}`;
	return !kickNext && isServerAsleep && !isRinging ? bad(`${text}; and the host sleeps`) : plain(text);
}

/** Whether the next push interrupts, and why. */
export function nextUsed({picture, isWorking}: RingScene): Words {
	const {irqNext, irqs, irqAt, used, layout} = picture;
	const why =
		irqs === 'event'
			? irqNext
				? `used_event ${irqAt?.value ?? ''} is the next ${layout === 'split' ? 'index' : 'position'}`
				: `used_event ${irqAt?.value ?? ''} is passed; the worker arms it again when it has drained`
			: irqs === 'on'
				? 'the guest asks for every one'
				: `the guest asks for none${isWorking ? ': its worker drains' : ''}`;
	return plain(`next used  ${used.value}   ${irqNext ? 'IRQ' : 'no IRQ'}: ${why}`);
}
