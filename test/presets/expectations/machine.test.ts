import {checkExpectations} from './check-expectations.js';

checkExpectations('machine', 'main loop');
