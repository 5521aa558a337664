// A page that shows how far some work has got is read anew until it is done: [data-again] stands in it for so long.
const EVERY = 1500;

if (document.querySelector("[data-again]")) setTimeout(() => location.reload(), EVERY);
