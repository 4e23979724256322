import {type Line, piece} from '../../charts/block.js';
import {type RingScene} from './ring-scene.js';

/** A sentence, the same for a narrow row, and whether what it says is ill. */
export type Words = {readonly text: string; readonly short: string; readonly isBad: boolean};

/** A sentence in a row of a width: the short one where the long one has no room. */
export const wordLine = ({text, short, isBad}: Words, width: number): Line => [
	' ',
	piece(text.length < width ? text : short, isBad ? 'bad' : 'text'),
];

export const plain = (text: string, short = text): Words => ({text, short, isBad: false});
export const bad = (text: string, short = text): Words => ({text, short, isBad: true});

/** What the host has seen of what the guest added, and how it will learn of the rest. */
export function hostHasSeen(scene: RingScene): Words {
	const {picture, isServerAsleep, isRinging, serverName} = scene;
	const {popped, avail, counts, kickAt} = picture;
	const numbers = `${popped.value} of ${avail.value}`;
	const seen = `host has seen ${numbers}`;
	if (counts.visible === 0) {
		return plain(`host has seen all up to ${avail.value}; ${serverName} ${isServerAsleep ? 'sleeps' : 'is awake'}`);
	}

	if (isRinging) {
		return plain(
			`${seen}: it learns when the doorbell under way is delivered`,
			`host saw ${numbers}: a doorbell is under way`,
		);
	}

	if (!isServerAsleep) {
		return plain(
			`${seen}: ${serverName} is awake and looks again before it sleeps`,
			`host saw ${numbers}: ${serverName} will look again`,
		);
	}

	return bad(
		kickAt === undefined
			? `${seen}: asleep, no doorbell: nobody tells it`
			: `${seen}: asleep, no doorbell; avail_event ${kickAt.value} is passed`,
		`host saw ${numbers}: asleep, no doorbell under way`,
	);
}

/** What the guest has taken back of what the host used, and how it will learn of the rest. */
export function guestHasReaped(scene: RingScene): Words {
	const {picture, isWorking, isInterrupting, excerpt, queue} = scene;
	const {reaped, used, counts, irqAt} = picture;
	const numbers = `${reaped.value} of ${used.value}`;
	const seen = `guest has reaped ${numbers}`;
	if (counts.used === 0) {
		return plain(`guest has reaped all up to ${used.value}`);
	}

	const spins = excerpt?.waits.some(
		({resource, isOpen, actor}) => isOpen && resource === queue && excerpt.cast[actor].letter === 'W',
	);
	if (spins === true) {
		return plain(
			`${seen}: it was told, its worker spins on ${excerpt?.resources[queue].name ?? 'qlock'}`,
			`guest reaped ${numbers}: told, its worker spins`,
		);
	}

	if (isWorking) {
		return plain(`${seen}: it was told, its worker is under way`, `guest reaped ${numbers}: told, its worker runs`);
	}

	if (isInterrupting) {
		return plain(`${seen}: an interrupt is under way`, `guest reaped ${numbers}: an interrupt is under way`);
	}

	return scene.isServerAsleep && !scene.isRinging
		? bad(
				irqAt === undefined
					? `${seen}: no interrupt: nobody tells it`
					: `${seen}: no interrupt; used_event ${irqAt.value} is passed`,
				`guest reaped ${numbers}: no interrupt under way`,
			)
		: plain(`${seen}: no interrupt is under way yet`, `guest reaped ${numbers}: no interrupt yet`);
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
	const answer = `${number}   ${kickNext ? 'kick' : 'no kick'}`;
	const text = `${answer}: ${why}`;
	return !kickNext && isServerAsleep && !isRinging
		? bad(`${text}; and the host sleeps`, `${answer}, and the host sleeps`)
		: plain(`${text}${isRinging ? '; a doorbell is under way' : ''}`, text);
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
	const start = `next used  ${used.value}   ${irqNext ? 'IRQ' : 'no IRQ'}: `;
	return plain(start + why, start + why.replace(/;.*$/v, ''));
}
