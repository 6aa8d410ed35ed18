// Ctrl+K goes to the search, as in other chats; without scripts the link does.
addEventListener('keydown', event => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key === 'k') {
    event.preventDefault();
    document.getElementById('search').click();
  }
});
