import {checkExpectations} from './check-expectations.js';

checkExpectations('notification', 'interrupts');
