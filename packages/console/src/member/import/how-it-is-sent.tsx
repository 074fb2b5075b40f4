/** The way that numbers take, in words. The place for choosing between ways, when there is more than one. */
export function HowItIsSent() {
  return (
    <section className="stack stack--tight" aria-labelledby="how-title">
      <h3 id="how-title">How it is sent</h3>
      <p className="soft small">
        The service receives the numbers, makes a keyed code of each, and keeps only the codes. Its answer
        counts; it never says which number belongs to somebody.
      </p>
    </section>
  );
}
