try{document.documentElement.style.colorScheme=localStorage.scheme}catch{}
