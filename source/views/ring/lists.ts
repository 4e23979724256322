import {type Block, type Line, piece} from '../../charts/block.js';
import {cell} from '../../charts/fit-text.js';
import {formatDuration} from '../../charts/format-number.js';
import {panel} from '../../charts/panel.js';
import {type Rect} from '../../charts/canvas.js';
import {blameChain} from '../../tracking/culprit.js';
import {actorName, doing, us} from '../timeline/words.js';
import {type InFlight, type RingScene} from './ring-scene.js';
import {bad, nextAdd, nextUsed, plain, wordLine} from './words.js';

const places: Readonly<Record<InFlight['place'], string>> = {
	visible: '░ visible',
	popped: '▒ popped',
	service: '▓ in service',
	fence: 'F waits, fence',
	used: '█ used',
};

/** Who keeps whom waiting now, in a line: `worker ─ ctrlq.qlock ► game ─ BQL ► main loop`. */
export function chainLine({excerpt}: RingScene, width: number): string | undefined {
	const wait = excerpt?.waits
		.filter(({isOpen, resource}) => isOpen && resource >= 0 && excerpt.resources[resource].kind === 'qlock')
		.toSorted((a, b) => a.start - b.start)[0];
	if (excerpt === undefined || wait === undefined) {
		return undefined;
	}

	const chain = blameChain(excerpt, wait);
	const links = chain.map(({wait: own, hold}, index) => {
		const name = excerpt.resources[own.resource]?.name ?? 'room';
		const holder = hold === undefined ? 'nobody' : actorName(excerpt, hold.actor);
		return (
			`─ ${name} ► ` +
			`${holder}${hold !== undefined && index === chain.length - 1 ? ` (${doing(excerpt, hold)})` : ''}`
		);
	});
	const line = `${actorName(excerpt, wait.actor)} spins ${us(wait.end - wait.start)} us ${links.join(' ')}`;
	// What the last one does goes first.
	return line.length <= width ? line : line.replace(/ \([^\)]*\)$/v, '');
}

/** Why no command is in the list. */
function emptyWords({excerpt, picture: {counts}, isPaused}: RingScene): string {
	if (excerpt !== undefined || counts.visible + counts.popped + counts.used === 0) {
		return 'nothing is in the ring';
	}

	return isPaused
		? 'each command stands here when the last moments are simulated again'
		: 'it runs: space stops it, . and , step, and then each command stands here';
}

/** Commands in the ring, oldest first; what is left of the room below is given to `extra`. */
export function flightPanel(scene: RingScene, {width, height}: Rect, hasNext: boolean): Block {
	const {commands, picture} = scene;
	const chain = chainLine(scene, width - 3);
	// The head of the list and one command have their rows before what stands below them.
	const foot = [
		...(chain === undefined ? [] : [[' ', piece(chain, 'spin')] as Line]),
		...(hasNext ? [wordLine(nextAdd(scene), width - 2), wordLine(nextUsed(scene), width - 2)] : []),
	].slice(0, Math.max(0, height - 2 - 2));
	const room = Math.max(0, height - 2 - 1 - foot.length);
	const isWide = width >= 60;
	const line = ({distance, number, type, age, since, place}: InFlight): Line => [
		'  ',
		cell(picture.layout === 'split' ? String((picture.reaped.slot + distance) % picture.size) : '', 5, 'right'),
		cell(String(number), 8, 'right'),
		`  ${cell(type, isWide ? 20 : 14)}`,
		cell(formatDuration(age), 8, 'right'),
		`  ${cell(places[place], isWide ? 14 : 12)}`,
		cell(isWide ? (since === undefined ? '-' : formatDuration(since)) : '', isWide ? 9 : 0, 'right'),
	];
	const shown = commands.slice(0, room);
	const count = shown.length < commands.length ? `${shown.length} of ${commands.length}` : '';
	const head =
		`${cell('', 2)}${cell('slot', 5, 'right')}${cell('number', 8, 'right')}  ` +
		`${cell('command', isWide ? 20 : 14)}${cell('age', 8, 'right')}  ` +
		`${cell('where it is', isWide ? 14 : 12)}${cell(isWide ? 'since' : '', isWide ? 9 : 0, 'right')}`;
	return panel(
		{
			width,
			height,
			title: 'In flight   oldest first',
			value: [count, width >= 60 ? 'age from publication' : ''].filter(text => text !== '').join('   '),
			valueRole: 'dim',
		},
		[
			[piece(head, 'dim')],
			...shown.map(command => line(command)),
			...(commands.length === 0 ? [[piece(`   ${emptyWords(scene)}`, 'dim')] as Line] : []),
			...Array.from({length: Math.max(0, room - shown.length - (commands.length === 0 ? 1 : 0))}, (): Line => []),
			...foot,
		],
	);
}

/** What was done with the queue, newest last. */
export function operationsPanel({excerpt, queue, now}: RingScene, {width, height}: Rect): Block {
	const operations = excerpt?.operations.filter(operation => operation.queue === queue).slice(-(height - 3)) ?? [];
	return panel(
		{
			width,
			height,
			title: 'Operations   newest last',
			value: '. step',
			valueRole: 'dim',
		},
		[
			[piece(' '.repeat(5) + 't us  who    operation', 'dim')],
			...operations.map(({time, who, text}): Line => [
				cell(us(time - now), 9, 'right'),
				'  ',
				piece(cell(who, 7), who === 'host' ? 'host' : 'guest'),
				piece(cell(text, Math.max(8, width - 21)), text.includes('lost') ? 'bad' : 'text'),
			]),
		],
	);
}

/** Who is told of the next add and push, and why; the other queue. */
export function toldPanel(scene: RingScene, other: RingScene | undefined, {width, height}: Rect): Block {
	const {picture, name, sleepers, isStalled} = scene;
	const isSplit = picture.layout === 'split';
	const rules =
		picture.irqs === 'event' || picture.kicks === 'event'
			? isSplit
				? 'kick? YES: avail_event = avail idx before the add     IRQ? YES: used_event = used idx before ' +
					'the push'
				: 'kick? YES: the device event is the position of the add     IRQ? YES: the driver event is that ' +
					'of the push'
			: 'kick? YES: unless the host says NO_NOTIFY     IRQ? YES: unless the guest says NO_INTERRUPT';
	const otherWords =
		other === undefined
			? ''
			: `${other.name} queue   ${other.picture.size} slots, ` +
				`${other.picture.numFree === other.picture.size ? 'all' : other.picture.numFree} free   t shows it`;
	const [waiting, verb] = sleepers === 1 ? ['1 submitter', 'sleeps'] : [`${sleepers} submitters`, 'sleep'];
	const state = isStalled
		? bad(`both sides sleep: ${waiting} on the full ring, nobody is told of anything any more`)
		: plain(sleepers === 0 ? 'nobody sleeps for room' : `${waiting} ${verb} for room`);
	return panel(
		{
			width,
			height,
			title: 'Who is told next',
			value: name,
			valueRole: 'dim',
		},
		[
			wordLine(nextAdd(scene), width - 2),
			wordLine(nextUsed(scene), width - 2),
			[' ', piece(rules, 'dim')],
			wordLine(state, width - 2),
			[' ', piece(otherWords, 'dim')],
		],
	);
}
