/** Says something in one of the page's live regions, for eyes and ears. */
export function tell(region: 'status' | 'alert', text: string | null): void {
  const place = document.getElementById(region)
  if (!place) return
  place.classList.remove('visually-hidden')
  place.classList.add('told')
  place.textContent = text
}
