// Choosing a demo person fills in the form; Enter or the button signs in.
const form = document.getElementById("sign-in");

document.querySelector(".demo-people").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  form.elements.login.value = button.dataset.email;
  form.elements.password.value = button.dataset.password;
  form.querySelector("button").focus();
});
